import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { components } from "@/api/schema";
import { currentScope } from "@/api/scope";

type Schemas = components["schemas"];
export type PolicySummary = Schemas["PolicySummaries"]["items"][number];
export type PolicyDetail = Schemas["PolicyDetail"];
export type Policy = PolicyDetail["policy"];
export type Rule = NonNullable<Policy["rules"]>[number];
export type Action = NonNullable<Rule["actions"]>[number];
export type PolicyVersion = Schemas["VersionList"]["items"][number];
export type PolicyDiff = Schemas["PolicyDiff"];
export type Preview = Schemas["PreviewShape"];
export type Evidence = Schemas["EvidenceBody"];
export type Replay = Schemas["ReplayShape"];

const KEY = ["policies"];
const pathOf = (name: string) => `/policies/${encodeURIComponent(name)}`;

/** GET /policies. */
export function usePolicies() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<{ items: PolicySummary[] }>("/policies", { signal }),
    select: (answer) => answer.items,
    refetchInterval: 10_000,
  });
}

/** GET /policies/{name}. */
export function usePolicy(name: string | undefined) {
  return useQuery({
    queryKey: [...KEY, name],
    enabled: Boolean(name),
    queryFn: ({ signal }) => request<PolicyDetail>(pathOf(name ?? ""), { signal }),
  });
}

/** GET /policies/{name}/versions. */
export function useVersions(name: string) {
  return useQuery({
    queryKey: [...KEY, name, "versions"],
    queryFn: ({ signal }) =>
      request<{ items: PolicyVersion[] }>(`${pathOf(name)}/versions`, { signal }),
    select: (answer) => answer.items,
  });
}

/** GET /policies/{name}/diff. */
export function useDiff(name: string, from: number, to: number) {
  return useQuery({
    queryKey: [...KEY, name, "diff", from, to],
    enabled: from > 0 && to > 0,
    queryFn: ({ signal }) =>
      request<PolicyDiff>(`${pathOf(name)}/diff`, { params: { from, to }, signal }),
  });
}

/** PUT over the version that was seen, or POST of a new policy. */
export function useSavePolicy(seen: number | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { policy: Policy; note: string }) =>
      seen === undefined
        ? request<PolicyDetail>("/policies", { method: "POST", body })
        : request<PolicyDetail>(pathOf(body.policy.name), {
            method: "PUT",
            body,
            headers: { "if-match": `"${seen}"` },
          }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export type PolicyChange =
  | { what: "publish"; body: { version?: number; share?: number } }
  | { what: "unpublish"; body: { trial_only: boolean } }
  | { what: "rollback"; body: { version: number } }
  | { what: "mode"; body: { mode: "enforce" | "shadow"; rule?: string } };

/** POST /policies/{name}/publish and its like. */
export function useChangePolicy(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ what, body }: PolicyChange) =>
      request<PolicyDetail>(`${pathOf(name)}/${what}`, { method: "POST", body }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** DELETE /policies/{name}. */
export function useDeletePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request<void>(pathOf(name), { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

interface PreviewTrial {
  policy: Policy;
  /** Empty: the policy is checked, and tried on nothing. */
  text: string;
  where: string;
  evidence: Evidence;
}

/** POST /policies/preview. */
export function usePreview(trial: PreviewTrial) {
  const { project } = currentScope();
  const { text, ...rest } = trial;
  return useQuery({
    queryKey: [...KEY, "preview", trial, project],
    queryFn: ({ signal }) =>
      request<Preview>("/policies/preview", {
        method: "POST",
        body: { ...rest, text: text || null, project },
        signal,
      }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** POST /guard/replays. */
export function useStartReplay() {
  return useMutation({
    mutationFn: (body: { policy: Policy; begin: string; most: number }) =>
      request<Replay>("/guard/replays", { method: "POST", body }),
  });
}

/** GET /guard/replays/{id}, until it has ended. */
export function useReplay(id: string | undefined) {
  return useQuery({
    queryKey: ["replays", id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => request<Replay>(`/guard/replays/${id}`, { signal }),
    refetchInterval: (query) => (isUnderWay(query.state.data) ? 500 : false),
  });
}

export function isUnderWay(replay: Replay | undefined): boolean {
  return replay?.status === "waiting" || replay?.status === "running";
}

/** DELETE /guard/replays/{id}. */
export function stopReplay(id: string): Promise<void> {
  return request<void>(`/guard/replays/${id}`, { method: "DELETE" });
}
