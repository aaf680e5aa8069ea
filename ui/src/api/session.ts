import { useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { SessionState } from "@/api/model";

export interface Login {
  token?: string;
  email?: string;
  password?: string;
  code?: string;
}

/** POST /session: a token, or address and password, for a cookie that scripts cannot read. */
export function logIn(login: Login): Promise<SessionState> {
  return request<SessionState>("/session", { method: "POST", body: login });
}

/** GET /session: how one logs in here, and who is logged in. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => request<SessionState>("/session", { signal }),
  });
}

/** POST /invitations/accept. */
export function acceptInvitation(body: { token: string; name: string; password: string }) {
  return request<{ email: string }>("/invitations/accept", { method: "POST", body });
}

/** POST /password/reset. */
export function resetPassword(body: { token: string; password: string }) {
  return request<{ email: string }>("/password/reset", { method: "POST", body });
}
