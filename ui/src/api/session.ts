import { request } from "@/api/http";

/** POST /session: the token for a cookie that scripts cannot read. */
export function logIn(token: string): Promise<void> {
  return request<void>("/session", { method: "POST", body: { token } });
}
