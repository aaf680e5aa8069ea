import type { Params } from "@/api/http";

export const TABS = [
  { value: "watch", label: "Watched" },
  { value: "alarms", label: "Alarms" },
  { value: "compare", label: "Compare" },
  { value: "probes", label: "Probes" },
] as const;

export type Tab = (typeof TABS)[number]["value"];

/** What stands in the URL; the first tab does not. */
export interface DriftSearch {
  tab?: Tab;
  from?: string;
  to?: string;
  before?: string;
  until?: string;
  model?: string;
  other?: string;
}

const TEXTS = ["from", "to", "before", "until", "model", "other"] as const;

export function readDriftSearch(search: Record<string, unknown>): DriftSearch {
  const found: DriftSearch = {};
  const tab = TABS.find(({ value }) => value === search.tab)?.value;
  if (tab && tab !== "watch") found.tab = tab;
  for (const name of TEXTS) {
    const value = search[name];
    if (typeof value === "string" && value) found[name] = value;
  }
  return found;
}

/** What is asked of the API; null while too little is said. */
export function paramsOf(search: DriftSearch): Params | null {
  if (!search.before && !search.other) return null;
  return {
    from: search.from,
    to: search.to,
    before_from: search.before,
    before_to: search.until,
    model: search.model,
    before_model: search.other,
  };
}
