import { useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Facets } from "@/api/model";
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
