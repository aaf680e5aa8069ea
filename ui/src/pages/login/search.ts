/** What brings somebody to the login: where he wanted to go, or a link with a token. */
export interface LoginSearch {
  next?: string;
  invitation?: string;
  reset?: string;
  /** Why a log-in through a provider did not work. */
  problem?: string;
}

const TOKEN = /^[0-9a-f]{20,200}$/;

export function readLogin(search: Record<string, unknown>): LoginSearch {
  const found: LoginSearch = {};
  if (typeof search.next === "string" && isOurs(search.next)) found.next = search.next;
  for (const name of ["invitation", "reset"] as const) {
    const token = search[name];
    if (typeof token === "string" && TOKEN.test(token)) found[name] = token;
  }
  if (typeof search.problem === "string" && /^[a-z_]{1,40}$/.test(search.problem))
    found.problem = search.problem;
  return found;
}

const HERE = "http://console.invalid";

/** Never another site: `//evil` and `/\evil` are, and so is what browsers make of `/<tab>/evil`. */
function isOurs(next: string): boolean {
  if (!next.startsWith("/") || !URL.canParse(next, HERE)) return false;
  return new URL(next, HERE).origin === HERE;
}

const PROBLEMS: Record<string, string> = {
  signon_cancelled: "You did not log in there. Try again, or choose another way.",
  signon_stale: "That log-in was begun elsewhere, or too long ago. Begin again.",
  signon_unverified: "The provider does not vouch for your address. Verify it there first.",
  signon_unknown: "Nobody with your address has a place here. Ask somebody to invite you.",
  signoff_failed:
    "You are logged out here. The provider did not confirm that you are logged out there, too.",
  signoff_refused: "What the provider says of a log-out is not believed. Nothing has changed here.",
  signon_unreachable: "The provider does not answer. Try again in a moment.",
  too_many_attempts: "Too many attempts. Wait a minute, then try again.",
};

export function tellProblem(code: string): string {
  return PROBLEMS[code] ?? "The log-in did not work. The log of the server says why.";
}
