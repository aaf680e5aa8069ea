import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Page, Probe, ProbeKept, ProbeList, ProbeRun } from "@/api/model";

const KEY = ["probes"];
const at = (name: string) => `/probes/${encodeURIComponent(name)}`;

/** GET /probes; asked again every few seconds. */
export function useProbes() {
  return useQuery({
    queryKey: [...KEY, "list"],
    queryFn: ({ signal }) => request<ProbeList>("/probes", { signal }),
    refetchInterval: 3_000,
  });
}

/** GET /probes/{name}/runs: the newest. */
export function useProbeRuns(name: string) {
  return useQuery({
    queryKey: [...KEY, "runs", name],
    queryFn: ({ signal }) =>
      request<Page<ProbeRun>>(`${at(name)}/runs`, { params: { limit: 20 }, signal }),
    refetchInterval: 3_000,
  });
}

/** PUT over the version that was seen, or POST of a new probe. */
export function useSaveProbe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ probe, seen }: { probe: Probe; seen: ProbeKept | undefined }) =>
      seen
        ? request<ProbeKept>(at(probe.name), {
            method: "PUT",
            body: probe,
            headers: { "if-match": `"${seen.version}"` },
          })
        : request<ProbeKept>("/probes", { method: "POST", body: probe }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export type ProbeDeed = "run" | "pause" | "resume" | "rebase" | "delete";

/** POST /probes/{name}/{deed}, or DELETE. */
export function useProbeDeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, deed }: { name: string; deed: ProbeDeed }) =>
      deed === "delete"
        ? request<unknown>(at(name), { method: "DELETE" })
        : request<unknown>(`${at(name)}/${deed}`, { method: "POST", body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
