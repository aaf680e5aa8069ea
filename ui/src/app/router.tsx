import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { NotFound } from "@/app/NotFound";
import { PageError } from "@/app/PageError";
import { Shell } from "@/app/Shell";
import { readFilters } from "@/lib/filters";
import { readEditedId } from "@/lib/search";
import { readRange } from "@/lib/timerange";
import { readAlertsSearch } from "@/pages/alerts/search";
import { readAuditSearch } from "@/pages/audit/search";
import { readDriftSearch } from "@/pages/drift/search";
import { readEditSearch, readFindingsSearch } from "@/pages/guard/search";
import { readKeySearch } from "@/pages/keys/search";
import { readLogin } from "@/pages/login/search";
import { readMembersSearch } from "@/pages/members/search";
import { OverviewPage } from "@/pages/overview/OverviewPage";
import { readOverviewSearch } from "@/pages/overview/search";
import { readTenantSearch } from "@/pages/projects/search";
import { readEdited, readQuestion } from "@/pages/routes/search";
import { readSpendSearch } from "@/pages/spend/search";
import { readTraceSearch } from "@/pages/trace/search";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: OverviewPage,
  validateSearch: readOverviewSearch,
});

const traces = createRoute({
  getParentRoute: () => root,
  path: "/traces",
  component: lazyRouteComponent(() => import("@/pages/traces/TracesPage"), "TracesPage"),
  validateSearch: readFilters,
});

const view = createRoute({
  getParentRoute: () => root,
  path: "/views/$viewId",
  component: lazyRouteComponent(() => import("@/pages/traces/ViewPage"), "ViewPage"),
});

const trace = createRoute({
  getParentRoute: () => root,
  path: "/traces/$traceId",
  component: lazyRouteComponent(() => import("@/pages/trace/TracePage"), "TracePage"),
  validateSearch: readTraceSearch,
});

const tail = createRoute({
  getParentRoute: () => root,
  path: "/tail",
  component: lazyRouteComponent(() => import("@/pages/tail/TailPage"), "TailPage"),
  validateSearch: readFilters,
});

const start = createRoute({
  getParentRoute: () => root,
  path: "/start",
  component: lazyRouteComponent(() => import("@/pages/start/StartPage"), "StartPage"),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  component: lazyRouteComponent(() => import("@/pages/compare/ComparePage"), "ComparePage"),
  validateSearch: (search: Record<string, unknown>): { a?: string; b?: string } => ({
    ...(isTraceId(search.a) ? { a: search.a.toLowerCase() } : {}),
    ...(isTraceId(search.b) ? { b: search.b.toLowerCase() } : {}),
  }),
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: "/sessions",
  component: lazyRouteComponent(() => import("@/pages/sessions/SessionsPage"), "SessionsPage"),
  validateSearch: readFilters,
});

const session = createRoute({
  getParentRoute: () => root,
  path: "/sessions/$sessionId",
  component: lazyRouteComponent(() => import("@/pages/sessions/SessionPage"), "SessionPage"),
  validateSearch: (search: Record<string, unknown>): { view?: "replay" | "traces" } =>
    search.view === "traces" ? { view: "traces" } : {},
});

const users = createRoute({
  getParentRoute: () => root,
  path: "/users",
  component: lazyRouteComponent(() => import("@/pages/users/UsersPage"), "UsersPage"),
  validateSearch: readFilters,
});

const user = createRoute({
  getParentRoute: () => root,
  path: "/users/$userId",
  component: lazyRouteComponent(() => import("@/pages/users/UserPage"), "UserPage"),
});

const providers = createRoute({
  getParentRoute: () => root,
  path: "/providers",
  component: lazyRouteComponent(() => import("@/pages/providers/ProvidersPage"), "ProvidersPage"),
});

const provider = createRoute({
  getParentRoute: () => root,
  path: "/providers/$name",
  component: lazyRouteComponent(() => import("@/pages/providers/ProviderPage"), "ProviderPage"),
});

const routes = createRoute({
  getParentRoute: () => root,
  path: "/routes",
  component: lazyRouteComponent(() => import("@/pages/routes/RoutesPage"), "RoutesPage"),
  validateSearch: readQuestion,
});

const editRoute = createRoute({
  getParentRoute: () => root,
  path: "/routes/edit",
  component: lazyRouteComponent(() => import("@/pages/routes/EditRoutePage"), "EditRoutePage"),
  validateSearch: readEdited,
});

const drift = createRoute({
  getParentRoute: () => root,
  path: "/drift",
  component: lazyRouteComponent(() => import("@/pages/drift/DriftPage"), "DriftPage"),
  validateSearch: readDriftSearch,
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  component: lazyRouteComponent(() => import("@/pages/alerts/AlertsPage"), "AlertsPage"),
  validateSearch: readAlertsSearch,
});

const guard = createRoute({
  getParentRoute: () => root,
  path: "/guard",
  component: lazyRouteComponent(() => import("@/pages/guard/GuardPage"), "GuardPage"),
  validateSearch: readRange,
});

const findings = createRoute({
  getParentRoute: () => root,
  path: "/guard/findings",
  component: lazyRouteComponent(() => import("@/pages/guard/FindingsPage"), "FindingsPage"),
  validateSearch: readFindingsSearch,
});

const policies = createRoute({
  getParentRoute: () => root,
  path: "/guard/policies",
  component: lazyRouteComponent(() => import("@/pages/guard/PoliciesPage"), "PoliciesPage"),
});

const editPolicy = createRoute({
  getParentRoute: () => root,
  path: "/guard/policies/edit",
  component: lazyRouteComponent(() => import("@/pages/guard/EditPolicyPage"), "EditPolicyPage"),
  validateSearch: readEditSearch,
});

const policy = createRoute({
  getParentRoute: () => root,
  path: "/guard/policies/$name",
  component: lazyRouteComponent(() => import("@/pages/guard/PolicyPage"), "PolicyPage"),
});

const exceptions = createRoute({
  getParentRoute: () => root,
  path: "/guard/exceptions",
  component: lazyRouteComponent(() => import("@/pages/guard/ExceptionsPage"), "ExceptionsPage"),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  component: lazyRouteComponent(() => import("@/pages/audit/AuditPage"), "AuditPage"),
  validateSearch: readAuditSearch,
});

const spend = createRoute({
  getParentRoute: () => root,
  path: "/spend",
  component: lazyRouteComponent(() => import("@/pages/spend/SpendPage"), "SpendPage"),
  validateSearch: readSpendSearch,
});

const budgets = createRoute({
  getParentRoute: () => root,
  path: "/budgets",
  component: lazyRouteComponent(() => import("@/pages/budgets/BudgetsPage"), "BudgetsPage"),
});

const editAllowance = createRoute({
  getParentRoute: () => root,
  path: "/budgets/edit",
  component: lazyRouteComponent(
    () => import("@/pages/budgets/EditAllowancePage"),
    "EditAllowancePage",
  ),
  validateSearch: readEditedId,
});

const budget = createRoute({
  getParentRoute: () => root,
  path: "/budgets/$budgetId",
  component: lazyRouteComponent(() => import("@/pages/budgets/BudgetPage"), "BudgetPage"),
});

const limits = createRoute({
  getParentRoute: () => root,
  path: "/limits",
  component: lazyRouteComponent(() => import("@/pages/limits/LimitsPage"), "LimitsPage"),
});

const savings = createRoute({
  getParentRoute: () => root,
  path: "/savings",
  component: lazyRouteComponent(() => import("@/pages/savings/SavingsPage"), "SavingsPage"),
  validateSearch: readRange,
});

const cache = createRoute({
  getParentRoute: () => root,
  path: "/cache",
  component: lazyRouteComponent(() => import("@/pages/cache/CachePage"), "CachePage"),
  validateSearch: readRange,
});

const keys = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  component: lazyRouteComponent(() => import("@/pages/keys/KeysPage"), "KeysPage"),
  validateSearch: readKeySearch,
});

const editKey = createRoute({
  getParentRoute: () => root,
  path: "/keys/edit",
  component: lazyRouteComponent(() => import("@/pages/keys/EditKeyPage"), "EditKeyPage"),
  validateSearch: readEditedId,
});

const key = createRoute({
  getParentRoute: () => root,
  path: "/keys/$keyId",
  component: lazyRouteComponent(() => import("@/pages/keys/KeyPage"), "KeyPage"),
});

const projects = createRoute({
  getParentRoute: () => root,
  path: "/projects",
  component: lazyRouteComponent(() => import("@/pages/projects/ProjectsPage"), "ProjectsPage"),
});

const editTenant = createRoute({
  getParentRoute: () => root,
  path: "/projects/edit",
  component: lazyRouteComponent(() => import("@/pages/projects/EditTenantPage"), "EditTenantPage"),
  validateSearch: readTenantSearch,
});

const credentials = createRoute({
  getParentRoute: () => root,
  path: "/credentials",
  component: lazyRouteComponent(
    () => import("@/pages/credentials/CredentialsPage"),
    "CredentialsPage",
  ),
});

const members = createRoute({
  getParentRoute: () => root,
  path: "/members",
  component: lazyRouteComponent(() => import("@/pages/members/MembersPage"), "MembersPage"),
  validateSearch: readMembersSearch,
});

const profile = createRoute({
  getParentRoute: () => root,
  path: "/profile",
  component: lazyRouteComponent(() => import("@/pages/profile/ProfilePage"), "ProfilePage"),
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: lazyRouteComponent(() => import("@/pages/login/LoginPage"), "LoginPage"),
  validateSearch: readLogin,
});

function isTraceId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{32}$/i.test(value);
}

/** Plain strings in the URL, nothing JSON-encoded: readable and easy to write by hand. */
function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    traces,
    view,
    trace,
    tail,
    start,
    compare,
    sessions,
    session,
    users,
    user,
    providers,
    provider,
    routes,
    editRoute,
    drift,
    alerts,
    audit,
    guard,
    findings,
    policies,
    editPolicy,
    policy,
    exceptions,
    spend,
    budgets,
    editAllowance,
    budget,
    limits,
    savings,
    cache,
    keys,
    editKey,
    key,
    projects,
    editTenant,
    credentials,
    members,
    profile,
    login,
  ]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch,
  // What no page reads does not reach it, neither do values that are nonsense.
  search: { strict: true },
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NotFound,
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
