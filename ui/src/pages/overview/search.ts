import { type RangeSearch, readRange } from "@/lib/timerange";

export type GroupBy = "model" | "provider";

export interface OverviewSearch extends RangeSearch {
  group?: GroupBy;
}

export function readOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const range = readRange(search);
  return search.group === "model" || search.group === "provider"
    ? { ...range, group: search.group }
    : range;
}
