export const TABS = [
  { value: "open", label: "Open" },
  { value: "past", label: "Past" },
  { value: "rules", label: "Rules" },
  { value: "channels", label: "Channels" },
] as const;

export type Tab = (typeof TABS)[number]["value"];

export interface AlertsSearch {
  tab?: Tab;
}

/** What stands in the URL; the first tab does not. */
export function readAlertsSearch(search: Record<string, unknown>): AlertsSearch {
  const tab = TABS.find(({ value }) => value === search.tab)?.value;
  return tab && tab !== "open" ? { tab } : {};
}
