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
import { readAlertsSearch } from "@/pages/alerts/search";
import { readAuditSearch } from "@/pages/audit/search";
import { OverviewPage } from "@/pages/overview/OverviewPage";
import { readOverviewSearch } from "@/pages/overview/search";
import { readEdited, readQuestion } from "@/pages/routes/search";
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

const trace = createRoute({
  getParentRoute: () => root,
  path: "/traces/$traceId",
  component: lazyRouteComponent(() => import("@/pages/trace/TracePage"), "TracePage"),
  validateSearch: readTraceSearch,
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

const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  component: lazyRouteComponent(() => import("@/pages/alerts/AlertsPage"), "AlertsPage"),
  validateSearch: readAlertsSearch,
});

const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  component: lazyRouteComponent(() => import("@/pages/audit/AuditPage"), "AuditPage"),
  validateSearch: readAuditSearch,
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: lazyRouteComponent(() => import("@/pages/login/LoginPage"), "LoginPage"),
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === "string" && /^\/(?![/\\])/.test(search.next)
      ? { next: search.next }
      : {},
});

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
    trace,
    sessions,
    session,
    users,
    user,
    providers,
    provider,
    routes,
    editRoute,
    alerts,
    audit,
    login,
  ]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch,
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
