export const TABS = ["conversation", "timing", "raw"] as const;

export type Tab = (typeof TABS)[number];

export interface TraceSearch {
  span?: string;
  tab?: Tab;
}

export function readTraceSearch(search: Record<string, unknown>): TraceSearch {
  const tab = TABS.find((name) => name === search.tab);
  const span =
    typeof search.span === "string" && /^[0-9a-f]{16}$/.test(search.span) ? search.span : null;
  return { ...(span ? { span } : {}), ...(tab ? { tab } : {}) };
}
