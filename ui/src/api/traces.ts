import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Page, Span, Trace, TraceDetail } from "@/api/model";
import { filterParams, type TraceFilters } from "@/lib/filters";

export const PAGE_SIZE = 100;

export function tracesKey(filters: TraceFilters) {
  return ["traces", filters] as const;
}

/** GET /traces, newest first, page after page. */
export function useTraces(filters: TraceFilters) {
  return useInfiniteQuery({
    queryKey: tracesKey(filters),
    queryFn: ({ pageParam, signal }) =>
      request<Page<Trace>>("/traces", {
        params: { ...filterParams(filters), limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

/** Whether anything was ever recorded; asked again until it is so. */
export function useAnyTrace() {
  return useQuery({
    queryKey: ["any-trace"],
    queryFn: ({ signal }) => request<Page<Trace>>("/traces", { params: { limit: 1 }, signal }),
    select: (page) => page.items[0] ?? null,
    refetchInterval: (query) => (query.state.data?.items.length ? false : 5_000),
  });
}

/** GET /traces/{id}: the trace and its spans, bare: a big trace shows its skeleton first. */
export function useTrace(traceId: string) {
  return useQuery({
    queryKey: ["trace", traceId],
    queryFn: ({ signal }) =>
      request<TraceDetail>(`/traces/${encodeURIComponent(traceId)}`, {
        params: { payload: "false" },
        signal,
      }),
  });
}

/** GET /traces/{id}/spans/{id}: one span with its payload and raw bodies. */
export function useSpan(traceId: string, spanId: string | undefined) {
  return useQuery({
    queryKey: ["span", traceId, spanId],
    enabled: spanId !== undefined,
    queryFn: ({ signal }) =>
      request<Span>(
        `/traces/${encodeURIComponent(traceId)}/spans/${encodeURIComponent(spanId ?? "")}`,
        { signal },
      ),
    staleTime: 60_000,
  });
}
