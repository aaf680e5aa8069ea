/** The filters of the trace list: URL <-> typed state <-> API parameters. */
import { type RangeSearch, rangeParams, readRange } from "@/lib/timerange";

export const TEXT_FILTERS = ["model", "provider", "session", "user", "tag", "q"] as const;
export const NUMBER_FILTERS = ["min_cost", "min_latency_ms"] as const;
export const STATUSES = ["ok", "error", "unset"] as const;

export type TextFilter = (typeof TEXT_FILTERS)[number];
export type NumberFilter = (typeof NUMBER_FILTERS)[number];
export type FilterName = TextFilter | NumberFilter | "status";

export interface TraceFilters extends RangeSearch {
  model?: string;
  provider?: string;
  session?: string;
  user?: string;
  tag?: string;
  q?: string;
  status?: (typeof STATUSES)[number];
  min_cost?: number;
  min_latency_ms?: number;
}

export const FILTER_LABELS: Record<FilterName, string> = {
  model: "Model",
  provider: "Provider",
  status: "Status",
  session: "Session",
  user: "User",
  tag: "Tag",
  q: "Text",
  min_cost: "Cost ≥ $",
  min_latency_ms: "Latency ≥ ms",
};

/** Typed filters out of whatever stands in the URL; the unknown and the unreadable is left out. */
export function readFilters(search: Record<string, unknown>): TraceFilters {
  const filters: TraceFilters = readRange(search);
  for (const name of TEXT_FILTERS) {
    const value = search[name];
    if (typeof value === "string" && value.trim() !== "") filters[name] = value;
    else if (typeof value === "number" || typeof value === "boolean") filters[name] = String(value);
  }
  for (const name of NUMBER_FILTERS) {
    const value = Number(search[name] ?? Number.NaN);
    if (Number.isFinite(value) && value > 0) filters[name] = value;
  }
  const status = STATUSES.find((code) => code === search.status);
  if (status) filters.status = status;
  return filters;
}

/** Parameters of GET /api/v1/traces. Without a range the list has no lower end. */
export function filterParams(filters: TraceFilters): Record<string, string> {
  const params = rangeParams(filters);
  for (const name of TEXT_FILTERS) if (filters[name]) params[name] = filters[name];
  for (const name of NUMBER_FILTERS) {
    const value = filters[name];
    if (value !== undefined) params[name] = decimal(value);
  }
  if (filters.status) params.status = filters.status;
  return params;
}

/** Without an exponent: `1e-7` is no decimal string. */
function decimal(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, "");
}

export interface ActiveFilter {
  name: FilterName;
  label: string;
  value: string;
}

export function activeFilters(filters: TraceFilters): ActiveFilter[] {
  const names = ["status", ...TEXT_FILTERS, ...NUMBER_FILTERS] as const;
  return names.flatMap((name) => {
    const value = filters[name];
    return value === undefined ? [] : [{ name, label: FILTER_LABELS[name], value: String(value) }];
  });
}

/** The same filters without one of them. */
export function withoutFilter(filters: TraceFilters, name: FilterName): TraceFilters {
  const { [name]: _, ...rest } = filters;
  return rest;
}
