import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorState } from "@/components/States";

/** A page that threw: the shell stays, the page can be tried again. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return <ErrorState title="This page failed to draw" error={error} onRetry={reset} />;
}
