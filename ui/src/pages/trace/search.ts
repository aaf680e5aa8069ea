export const TABS = ["conversation", "timing", "raw"] as const;

export type Tab = (typeof TABS)[number];

export const SHOWN = ["tree", "graph"] as const;

export type Shown = (typeof SHOWN)[number];

export interface TraceSearch {
  show?: Shown;
  span?: string;
  tab?: Tab;
}

export function readTraceSearch(search: Record<string, unknown>): TraceSearch {
  const tab = TABS.find((name) => name === search.tab);
  const span =
    typeof search.span === "string" && /^[0-9a-f]{16}$/.test(search.span) ? search.span : null;
  const show = search.show === "graph" ? { show: "graph" as const } : {};
  return { ...show, ...(span ? { span } : {}), ...(tab ? { tab } : {}) };
}
