import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { SeriesAnswer, Summary } from "@/api/model";
import { DEFAULT_RANGE, type RangeSearch, rangeParams } from "@/lib/timerange";

export interface Scope extends RangeSearch {
  model?: string;
  provider?: string;
}

function scopeParams(scope: Scope): Record<string, string> {
  const params = rangeParams(scope, DEFAULT_RANGE);
  if (scope.model) params.model = scope.model;
  if (scope.provider) params.provider = scope.provider;
  return params;
}

/** Fixed ranges are history; relative ones move. */
function refreshMs(scope: Scope): number | false {
  return scope.to ? false : 15_000;
}

function summaryQuery(scope: Scope) {
  return queryOptions({
    queryKey: ["metrics", "summary", scope],
    queryFn: ({ signal }) =>
      request<Summary>("/metrics/summary", { params: scopeParams(scope), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs(scope),
  });
}

/** GET /metrics/summary. */
export function useSummary(scope: Scope) {
  return useQuery(summaryQuery(scope));
}

/** GET /metrics/summary once for each scope. */
export function useSummaries(scopes: readonly Scope[]) {
  return useQueries({ queries: scopes.map(summaryQuery) });
}

/** GET /metrics/series with every metric: one answer feeds all charts. */
export function useSeries(scope: Scope, groupBy?: "model" | "provider") {
  return useQuery({
    queryKey: ["metrics", "series", scope, groupBy ?? ""],
    queryFn: ({ signal }) =>
      request<SeriesAnswer>("/metrics/series", {
        params: { ...scopeParams(scope), group_by: groupBy },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs(scope),
  });
}
