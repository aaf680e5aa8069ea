import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type {
  OpenSession,
  Person,
  PersonalToken,
  TokenBody,
  TokenIssued,
  TotpBegun,
} from "@/api/model";

const ME = ["me"];
const post = <T>(path: string, body?: unknown) => request<T>(path, { method: "POST", body });

/** GET /me. */
export function useMe() {
  return useQuery({
    queryKey: [...ME, "self"],
    queryFn: ({ signal }) => request<Person>("/me", { signal }),
  });
}

function useMyChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([ME, ["session"]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** PATCH /me. */
export function useChangeName() {
  return useMyChange((name: string) => request<Person>("/me", { method: "PATCH", body: { name } }));
}

/** POST /me/password: all sessions are over then, this one, too. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { old: string; new: string }) => post<Person>("/me/password", body),
  });
}

/** POST /me/totp: a secret that is not in force yet. */
export function useBeginTotp() {
  return useMutation({ mutationFn: () => post<TotpBegun>("/me/totp") });
}

/** POST /me/totp/confirm: the only answer that shows the recovery codes. */
export function useConfirmTotp() {
  return useMutation({
    mutationFn: (body: { secret: string; code: string; password: string }) =>
      post<{ codes: string[] }>("/me/totp/confirm", body),
  });
}

/** POST /me/totp/drop. */
export function useDropTotp() {
  return useMyChange((password: string) => post<void>("/me/totp/drop", { password }));
}

/** GET /me/tokens. */
export function useMyTokens() {
  return useQuery({
    queryKey: [...ME, "tokens"],
    queryFn: ({ signal }) => request<{ items: PersonalToken[] }>("/me/tokens", { signal }),
    select: (answer) => answer.items,
  });
}

/** POST /me/tokens: the only answer that shows the token. */
export function useIssueToken() {
  return useMyChange((body: TokenBody) => post<TokenIssued>("/me/tokens", body));
}

/** DELETE /me/tokens/{id}. */
export function useRevokeToken() {
  return useMyChange((id: string) =>
    request<void>(`/me/tokens/${encodeURIComponent(id)}`, { method: "DELETE" }),
  );
}

/** GET /me/sessions: where one is logged in. */
export function useMySessions() {
  return useQuery({
    queryKey: [...ME, "sessions"],
    queryFn: ({ signal }) => request<{ items: OpenSession[] }>("/me/sessions", { signal }),
    select: (answer) => answer.items,
  });
}

/** DELETE /me/sessions/{id}, or without an id all but this one. */
export function useEndSession() {
  return useMyChange((id?: string) =>
    request<void>(id ? `/me/sessions/${encodeURIComponent(id)}` : "/me/sessions", {
      method: "DELETE",
    }),
  );
}
