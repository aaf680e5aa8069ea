/** What the spend page shows, as parameters of the URL, and back. */
import type { Params } from "@/api/http";
import { RANGES, type RangeName, type RangeSearch, rangeParams, readRange } from "@/lib/timerange";

export const DIMENSIONS = [
  { value: "model", label: "Model" },
  { value: "provider", label: "Provider" },
  { value: "project", label: "Project" },
  { value: "key", label: "Key" },
  { value: "user", label: "User" },
  { value: "session", label: "Session" },
  { value: "tag", label: "Tag" },
  { value: "route", label: "Route" },
  { value: "organization", label: "Organization" },
] as const;

export type Dimension = (typeof DIMENSIONS)[number]["value"];

const NAMES = DIMENSIONS.map(({ value }) => value);
export const DEFAULT_BY: Dimension = "model";
export const SPEND_RANGE: RangeName = "30d";

export interface SpendSearch extends RangeSearch {
  by?: Dimension;
  organization?: string;
  project?: string;
  key?: string;
  user?: string;
  session?: string;
  model?: string;
  provider?: string;
  route?: string;
  tag?: string;
}

const isDimension = (value: unknown): value is Dimension => NAMES.some((name) => name === value);

export function readSpendSearch(search: Record<string, unknown>): SpendSearch {
  const found: SpendSearch = readRange(search);
  if (isDimension(search.by) && search.by !== DEFAULT_BY) found.by = search.by;
  for (const name of NAMES) {
    const value = search[name];
    if (typeof value === "string" && value) found[name] = value;
  }
  return found;
}

/** The filters that are set, in the order of the dimensions. */
export function filtersOf(search: SpendSearch): [Dimension, string][] {
  return NAMES.flatMap((name) => {
    const value = search[name];
    return value ? [[name, value] as [Dimension, string]] : [];
  });
}

export function usageParams(search: SpendSearch): Params {
  return { ...rangeParams(search, SPEND_RANGE), ...Object.fromEntries(filtersOf(search)) };
}

const DAY_MS = 86_400_000;

/** Hours for up to three days, else days. */
export function stepOf(search: SpendSearch, now: number): "hour" | "day" {
  const to = search.to ? Date.parse(search.to) : now;
  const from = search.from
    ? Date.parse(search.from)
    : search.to
      ? to - RANGES["30d"].ms
      : to - RANGES[search.range ?? SPEND_RANGE].ms;
  return to - from <= 3 * DAY_MS ? "hour" : "day";
}
