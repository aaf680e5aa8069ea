import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { FacetAnswer, Facets, FilterFields } from "@/api/model";
import { ofWholeTraces, type TraceFilters } from "@/lib/filters";
import { type RangeSearch, rangeParams } from "@/lib/timerange";

/** Values for filter menus, most frequent first; the last 30 days where no range is set. */
export function useFacets(range: RangeSearch) {
  return useQuery({
    queryKey: ["facets", range.range, range.from, range.to],
    queryFn: ({ signal }) =>
      request<Facets>("/facets", { params: rangeParams(range, "30d"), signal }),
    staleTime: 30_000,
  });
}

/** GET /facet-counts: how the traces of the list spread over the values of fields. */
export function useFacetCounts(filters: TraceFilters, isOn: boolean) {
  return useQuery({
    queryKey: ["facet-counts", filters],
    enabled: isOn,
    queryFn: ({ signal }) =>
      request<FacetAnswer>("/facet-counts", { params: ofWholeTraces(filters), signal }),
    staleTime: 15_000,
    placeholderData: keepPreviousData,
  });
}

/** GET /filter-fields: what a filter can name. */
export function useFilterFields() {
  return useQuery({
    queryKey: ["filter-fields"],
    queryFn: ({ signal }) => request<FilterFields>("/filter-fields", { signal }),
    select: (answer) => answer.items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
