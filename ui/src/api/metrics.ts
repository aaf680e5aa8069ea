import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { SeriesAnswer, Summary } from "@/api/model";
import { DEFAULT_RANGE, type RangeSearch, rangeParams } from "@/lib/timerange";

export interface Scope extends RangeSearch {
  model?: string;
  provider?: string;
}

/** Longer than any range: everything falls into one bucket, which makes totals of a series. */
const WHOLE_RANGE_S = 60_000_000_000;

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

/** GET /metrics/summary. */
export function useSummary(scope: Scope) {
  return useQuery({
    queryKey: ["metrics", "summary", scope],
    queryFn: ({ signal }) =>
      request<Summary>("/metrics/summary", { params: scopeParams(scope), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs(scope),
  });
}

interface SeriesOptions {
  groupBy?: "model" | "provider" | undefined;
  /** One bucket over the whole range. */
  asTotals?: boolean;
}

/** GET /metrics/series with every metric: one answer feeds all charts. */
export function useSeries(scope: Scope, { groupBy, asTotals }: SeriesOptions = {}) {
  return useQuery({
    queryKey: ["metrics", "series", scope, groupBy ?? "", asTotals ?? false],
    queryFn: ({ signal }) =>
      request<SeriesAnswer>("/metrics/series", {
        params: {
          ...scopeParams(scope),
          group_by: groupBy,
          bucket_s: asTotals ? WHOLE_RANGE_S : undefined,
        },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs(scope),
  });
}
