/** The pages of the navigation, in their groups, and whom pages are open to. */
import type { Permission } from "@/api/model";
import type { IconName } from "@/components/Icon";
import type { Access } from "@/lib/rights";

export interface NavPage {
  to: string;
  label: string;
  icon: IconName;
  /** The key that opens it. */
  key?: string;
  needs?: Need;
}

/**
 * What a page is good for nobody without: a permission in the chosen project, one in all of an
 * organization, or that one may do everything.
 */
export type Need = Permission | `organization:${Permission}` | "everything";

export interface NavGroup {
  label: string;
  pages: readonly NavPage[];
}

export const GROUPS = [
  {
    label: "Observe",
    pages: [
      { to: "/", label: "Overview", icon: "overview", key: "1", needs: "calls.read" },
      { to: "/traces", label: "Traces", icon: "traces", key: "2", needs: "calls.read" },
      { to: "/sessions", label: "Sessions", icon: "sessions", needs: "calls.read" },
      { to: "/users", label: "Users", icon: "user", needs: "calls.read" },
      { to: "/drift", label: "Drift", icon: "drift", needs: "calls.read" },
      { to: "/tail", label: "Live tail", icon: "live", needs: "calls.read" },
      { to: "/alerts", label: "Alerts", icon: "bell", needs: "calls.read" },
    ],
  },
  {
    label: "Gateway",
    pages: [
      { to: "/providers", label: "Providers", icon: "providers", key: "3" },
      { to: "/routes", label: "Routes", icon: "routes", key: "4" },
      { to: "/cache", label: "Cache", icon: "cache", needs: "usage.read" },
    ],
  },
  {
    label: "Guard",
    pages: [{ to: "/guard", label: "Guard", icon: "guard", key: "8", needs: "calls.read" }],
  },
  {
    label: "Money",
    pages: [
      { to: "/spend", label: "Spend", icon: "spend", key: "5", needs: "usage.read" },
      { to: "/budgets", label: "Budgets", icon: "budget", key: "6", needs: "usage.read" },
      { to: "/limits", label: "Limits", icon: "limits", needs: "usage.read" },
      { to: "/savings", label: "Savings", icon: "savings", needs: "usage.read" },
    ],
  },
  {
    label: "Access",
    pages: [
      { to: "/keys", label: "Keys", icon: "key", key: "7", needs: "keys.manage" },
      { to: "/projects", label: "Projects", icon: "folder" },
      { to: "/members", label: "Members", icon: "members", needs: "organization:members.manage" },
      { to: "/credentials", label: "Credentials", icon: "lock", needs: "everything" },
      { to: "/audit", label: "Audit", icon: "audit", key: "9", needs: "organization:audit.read" },
    ],
  },
] as const satisfies readonly NavGroup[];

export const PAGES = GROUPS.flatMap((group) => [...group.pages]);

export type PagePath = (typeof PAGES)[number]["to"];

/** What the bar at the bottom of a phone has room for; the rest is behind "More". */
export const FIRST_ON_PHONES: readonly PagePath[] = ["/", "/traces", "/spend", "/keys"];

/** What stands behind links, where it needs more than the page it belongs to. */
const INNER: readonly { to: string; needs: Need }[] = [
  { to: "/views", needs: "calls.read" },
  { to: "/compare", needs: "calls.read" },
  { to: "/routes/edit", needs: "everything" },
  { to: "/guard/policies/edit", needs: "policies.manage" },
  { to: "/budgets/edit", needs: "project.manage" },
];

/** What the page at a path needs: that of the longest beginning that is known. */
export function needOf(path: string): Need | undefined {
  const known: readonly { to: string; needs?: Need }[] = [...PAGES, ...INNER];
  const found = known
    .filter(({ to }) => path === to || (to !== "/" && path.startsWith(`${to}/`)))
    .sort((a, b) => b.to.length - a.to.length)[0];
  return found?.needs;
}

/** Whether something is of use to whoever has this access. */
export function isMet(needs: Need | undefined, access: Access): boolean {
  if (needs === undefined || access.rulesAll) return true;
  if (needs === "everything") return false;
  const [ofAll, permission] = needs.split(":") as [string, Permission | undefined];
  return permission ? access.ofAnOrganization(permission) : access.here(ofAll as Permission);
}

/** The groups with the pages that are of use; empty ones are left out. */
export function openGroups(access: Access) {
  return GROUPS.map((group) => ({
    label: group.label,
    pages: [...group.pages].filter((page: NavPage) => isMet(page.needs, access)),
  })).filter((group) => group.pages.length > 0);
}
