/** The filters of the trace list: URL <-> typed state <-> API parameters. */
import { type RangeSearch, rangeParams, readRange } from "@/lib/timerange";

export const TEXT_FILTERS = ["model", "provider", "session", "user", "tag", "q", "filter"] as const;
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
  /** Conditions in the grammar of filters. */
  filter?: string;
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
  filter: "Filter",
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

/**
 * The same for what counts spans: status, cost and duration are the trace's, as in the list, where
 * they would be those of each span.
 */
export function ofWholeTraces(filters: TraceFilters): Record<string, string> {
  const { status, min_cost, min_latency_ms, ...params } = filterParams(filters);
  const conditions = [
    params.filter && `(${params.filter})`,
    status && `trace.status:${status}`,
    min_cost && `trace.cost >= ${min_cost}`,
    min_latency_ms && `trace.duration >= ${min_latency_ms}ms`,
  ].filter(Boolean);
  return conditions.length > 0 ? { ...params, filter: conditions.join(" ") } : params;
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

const FILTER_LIKE = /(^|[\s(!-])[a-z_][\w.]*("[^"]*")?\s*(!=|[:=<>~])\s*\S|\s(exists|in\s*\()/i;

/** Whether a text looks like conditions rather than words to search for. */
export function isFilter(text: string): boolean {
  return FILTER_LIKE.test(text) && !/^https?:/i.test(text.trim());
}

/** The filters with what stands in the search box: conditions, or words. */
export function withText(filters: TraceFilters, text: string): TraceFilters {
  const { q: _q, filter: _filter, ...rest } = filters;
  if (!text) return rest;
  return isFilter(text) ? { ...rest, filter: text } : { ...rest, q: text };
}

const OWN_PARAMETER: Record<string, TextFilter | "status"> = {
  model: "model",
  provider: "provider",
  session: "session",
  user: "user",
  tag: "tag",
  status: "status",
};

export function quoteValue(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** The value of a field that is asked for alone, where it is. */
export function chosenValue(filters: TraceFilters, field: string): string | undefined {
  const own = OWN_PARAMETER[field];
  if (own) return filters[own];
  const found = new RegExp(`(?:^|\\s)${field}:"((?:[^"\\\\]|\\\\.)*)"`).exec(filters.filter ?? "");
  return found?.[1]?.replace(/\\(.)/g, "$1");
}

/** The filters with this value of a field, or without it where it was asked for already. */
export function toggleValue(filters: TraceFilters, field: string, value: string): TraceFilters {
  const isOn = chosenValue(filters, field) === value;
  const own = OWN_PARAMETER[field];
  if (own) {
    const rest = withoutFilter(filters, own);
    return isOn ? rest : ({ ...rest, [own]: value } as TraceFilters);
  }
  const before = chosenValue(filters, field);
  const text = (filters.filter ?? "")
    .replace(before === undefined ? "\0" : `${field}:${quoteValue(before)}`, "")
    .trim();
  const next = isOn ? text : `${text} ${field}:${quoteValue(value)}`.trim();
  return next ? { ...filters, filter: next } : withoutFilter(filters, "filter");
}
