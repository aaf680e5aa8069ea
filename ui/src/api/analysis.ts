/** What the server makes of a trace: its critical path, its graph, how it differs from another. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Comparison, CriticalPath, Graph } from "@/api/model";

const of = (traceId: string) => `/traces/${encodeURIComponent(traceId)}`;

/** GET /traces/{id}/critical-path: ids of the spans on it. */
export function useCriticalPath(traceId: string, isWanted: boolean) {
  return useQuery({
    queryKey: ["critical-path", traceId],
    enabled: isWanted,
    queryFn: ({ signal }) => request<CriticalPath>(`${of(traceId)}/critical-path`, { signal }),
    select: idsOf,
  });
}

const idsOf = (path: CriticalPath): ReadonlySet<string> =>
  new Set(path.items.map((step) => step.span_id));

/** GET /traces/{id}/graph. */
export function useGraph(traceId: string, isSimple: boolean) {
  return useQuery({
    queryKey: ["graph", traceId, isSimple],
    queryFn: ({ signal }) =>
      request<Graph>(`${of(traceId)}/graph`, {
        params: { simplified: String(isSimple) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** GET /traces/{id}/compare/{other}. */
export function useComparison(a: string, b: string) {
  return useQuery({
    queryKey: ["compare", a, b],
    queryFn: ({ signal }) =>
      request<Comparison>(`${of(a)}/compare/${encodeURIComponent(b)}`, { signal }),
  });
}
