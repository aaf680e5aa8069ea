import { useQueryClient } from "@tanstack/react-query";
import type { TraceFilters } from "@/lib/filters";
import type { TraceList } from "@/lib/head";

export interface Siblings {
  newer: string | undefined;
  older: string | undefined;
  /** Of the list the reader came from. */
  filters: TraceFilters;
}

/** The neighbours of a trace in the list that was looked at last. */
export function useSiblings(traceId: string): Siblings {
  const cache = useQueryClient().getQueryCache();
  const [latest] = cache
    .findAll({ queryKey: ["traces"] })
    .filter((query) => query.state.data)
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  const list = latest?.state.data as TraceList | undefined;
  const ids = list?.pages.flatMap((page) => page.items.map((row) => row.trace_id)) ?? [];
  const at = ids.indexOf(traceId);
  return {
    newer: at > 0 ? ids[at - 1] : undefined,
    older: at >= 0 ? ids[at + 1] : undefined,
    filters: (latest?.queryKey[1] as TraceFilters | undefined) ?? {},
  };
}
