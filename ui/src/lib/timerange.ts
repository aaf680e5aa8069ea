/** Time ranges as the URL holds them: `range=1h`, or `from` and `to`. */

export const RANGES = {
  "15m": { label: "15 minutes", ms: 900_000 },
  "1h": { label: "1 hour", ms: 3_600_000 },
  "6h": { label: "6 hours", ms: 21_600_000 },
  "24h": { label: "24 hours", ms: 86_400_000 },
  "7d": { label: "7 days", ms: 604_800_000 },
  "30d": { label: "30 days", ms: 2_592_000_000 },
} as const;

export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as RangeName[];
export const DEFAULT_RANGE: RangeName = "1h";

export interface RangeSearch {
  range?: RangeName;
  from?: string;
  to?: string;
}

export function isRangeName(value: unknown): value is RangeName {
  return typeof value === "string" && Object.hasOwn(RANGES, value);
}

/** An RFC 3339 time or nothing. */
export function readTime(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** What stands in the URL, with nonsense left out. */
export function readRange(search: Record<string, unknown>): RangeSearch {
  const from = readTime(search.from);
  const to = readTime(search.to);
  if (from && to && from < to) return { from, to };
  if (from && !to) return { from };
  if (to && !from) return { to };
  return isRangeName(search.range) ? { range: search.range } : {};
}

/** `from` and `to` for the API, which knows relative times: `now-1h` means now when it is asked. */
export function rangeParams(search: RangeSearch, fallback?: RangeName): Record<string, string> {
  const params: Record<string, string> = {};
  const range = search.range ?? fallback;
  if (search.from) params.from = search.from;
  if (search.to) params.to = search.to;
  if (!search.from && !search.to && range) params.from = `now-${range}`;
  return params;
}

export function describe(search: RangeSearch, fallback: RangeName = DEFAULT_RANGE): string {
  if (!search.from && !search.to) return `Last ${RANGES[search.range ?? fallback].label}`;
  const show = (iso: string) => iso.slice(0, 16).replace("T", " ");
  const local = (iso: string) => {
    const at = new Date(iso);
    return show(new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString());
  };
  return `${search.from ? local(search.from) : "…"} → ${search.to ? local(search.to) : "now"}`;
}
