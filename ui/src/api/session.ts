import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { request } from "@/api/http";
import type { SessionEnd, SessionState } from "@/api/model";
import { type Rights, rightsOf } from "@/lib/rights";

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
    staleTime: 60_000,
  });
}

/** What whoever is logged in may do. */
export function useRights(): Rights {
  const { data } = useSession();
  return useMemo(() => rightsOf(data), [data]);
}

/** DELETE /session. Where to go to log out at the provider, too; empty where there is nobody to tell. */
export async function logOut(): Promise<string> {
  const end = await request<SessionEnd | undefined>("/session", { method: "DELETE" });
  return end?.logout_url ?? "";
}

/** POST /invitations/accept. */
export function acceptInvitation(body: { token: string; name: string; password: string }) {
  return request<{ email: string }>("/invitations/accept", { method: "POST", body });
}

/** POST /password/forgot: the answer is the same for any address. */
export function forgotPassword(body: { email: string }) {
  return request<void>("/password/forgot", { method: "POST", body });
}

/** POST /password/reset. */
export function resetPassword(body: { token: string; password: string }) {
  return request<{ email: string }>("/password/reset", { method: "POST", body });
}
