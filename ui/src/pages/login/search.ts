/** What brings somebody to the login: where he wanted to go, or a link with a token. */
export interface LoginSearch {
  next?: string;
  invitation?: string;
  reset?: string;
}

const TOKEN = /^[0-9a-f]{20,200}$/;

export function readLogin(search: Record<string, unknown>): LoginSearch {
  const found: LoginSearch = {};
  // Never to another site: `//evil` and `/\evil` are.
  if (typeof search.next === "string" && /^\/(?![/\\])/.test(search.next)) found.next = search.next;
  for (const name of ["invitation", "reset"] as const) {
    const token = search[name];
    if (typeof token === "string" && TOKEN.test(token)) found[name] = token;
  }
  return found;
}
