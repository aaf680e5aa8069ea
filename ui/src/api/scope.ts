/** Which project questions are about. Every answer of the API about calls stays inside one. */
import { load, save } from "@/lib/storage";

/** Paths that take `project`, by how they begin. */
const IN_PROJECT =
  /^\/(traces|spans|facets|facet-counts|metrics|export|live|traces-summary|sessions|session-replay|end-users|scores|views|alerts|alert-rules|alert-channels|alert-silences|drift|probes|intake|guard\/(findings|overview|calibration))(\/|$)/;
/** Those that take it with some methods only. */
const SOMETIMES: readonly [RegExp, readonly string[]][] = [
  [/^\/guard\/allowed$/, ["GET"]],
  [/^\/guard\/replays$/, ["GET", "POST"]],
];
/** Of all projects, for whoever may see all. */
const ASKED = /^\/(keys|usage|savings|ledger|allowances|budgets|limits)$/;

interface Scope {
  /** Id of the project; empty: that of calls without a virtual key. */
  project: string;
  /** Whether whoever asks sees some projects only. */
  isBound: boolean;
}

const readId = (value: unknown) =>
  typeof value === "string" && value.length <= 200 ? value : null;
let scope: Scope = { project: namedByLink() ?? load("project", readId, ""), isBound: false };
const listeners = new Set<() => void>();

/** Links of shared views name their project. */
function namedByLink(): string | null {
  if (typeof location === "undefined" || !location.pathname.startsWith("/views/")) return null;
  return readId(new URLSearchParams(location.search).get("project"));
}

export const currentScope = (): Scope => scope;

export function subscribeScope(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setScope(next: Scope): void {
  if (next.project === scope.project && next.isBound === scope.isBound) return;
  scope = next;
  save("project", next.project);
  for (const listener of listeners) listener();
}

/** The project to name in a request; undefined where none is to be named. */
export function projectFor(path: string, method: string): string | undefined {
  const takes =
    IN_PROJECT.test(path) ||
    SOMETIMES.some(([pattern, methods]) => pattern.test(path) && methods.includes(method)) ||
    (scope.isBound && method === "GET" && ASKED.test(path));
  return takes && scope.project ? scope.project : undefined;
}
