/** The pages of the navigation, in their groups. */
import type { IconName } from "@/components/Icon";

export interface NavPage {
  to: string;
  label: string;
  icon: IconName;
  /** The key that opens it. */
  key?: string;
}

export interface NavGroup {
  label: string;
  pages: readonly NavPage[];
}

export const GROUPS = [
  {
    label: "Observe",
    pages: [
      { to: "/", label: "Overview", icon: "overview", key: "1" },
      { to: "/traces", label: "Traces", icon: "traces", key: "2" },
      { to: "/sessions", label: "Sessions", icon: "sessions" },
      { to: "/users", label: "Users", icon: "user" },
      { to: "/drift", label: "Drift", icon: "drift" },
      { to: "/tail", label: "Live tail", icon: "live" },
      { to: "/alerts", label: "Alerts", icon: "bell" },
    ],
  },
  {
    label: "Gateway",
    pages: [
      { to: "/providers", label: "Providers", icon: "providers", key: "3" },
      { to: "/routes", label: "Routes", icon: "routes", key: "4" },
      { to: "/cache", label: "Cache", icon: "cache" },
    ],
  },
  {
    label: "Guard",
    pages: [{ to: "/guard", label: "Guard", icon: "guard", key: "8" }],
  },
  {
    label: "Money",
    pages: [
      { to: "/spend", label: "Spend", icon: "spend", key: "5" },
      { to: "/budgets", label: "Budgets", icon: "budget", key: "6" },
      { to: "/limits", label: "Limits", icon: "limits" },
      { to: "/savings", label: "Savings", icon: "savings" },
    ],
  },
  {
    label: "Access",
    pages: [
      { to: "/keys", label: "Keys", icon: "key", key: "7" },
      { to: "/projects", label: "Projects", icon: "folder" },
      { to: "/credentials", label: "Credentials", icon: "lock" },
      { to: "/audit", label: "Audit", icon: "audit", key: "9" },
    ],
  },
] as const satisfies readonly NavGroup[];

export const PAGES = GROUPS.flatMap((group) => [...group.pages]);

export type PagePath = (typeof PAGES)[number]["to"];

/** What the bar at the bottom of a phone has room for; the rest is behind "More". */
export const FIRST_ON_PHONES: readonly PagePath[] = ["/", "/traces", "/spend", "/keys"];
