import type { ReactNode } from "react";
import { ErrorState, Skeleton } from "@/components/States";

interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  query: Asked<T>;
  /** What stands over the reason where it cannot be loaded. */
  failure: string;
  height?: number;
  children: (data: T) => ReactNode;
}

/** What a query answers, a skeleton until then, and what went wrong. */
export function Loaded<T>({ query, failure, height = 240, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error)
    return <ErrorState title={failure} error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true">
      <Skeleton height={height} />
    </div>
  );
}
