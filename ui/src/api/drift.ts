import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Params, request } from "@/api/http";
import type { DriftAlarm, DriftBoard, Page, PeriodsReport } from "@/api/model";

const KEY = ["drift"];

/** GET /drift; asked again every few seconds. */
export function useDriftBoard() {
  return useQuery({
    queryKey: [...KEY, "board"],
    queryFn: ({ signal }) => request<DriftBoard>("/drift", { signal }),
    refetchInterval: 5_000,
  });
}

/** GET /drift/alarms: the newest. */
export function useDriftAlarms() {
  return useQuery({
    queryKey: [...KEY, "alarms"],
    queryFn: ({ signal }) =>
      request<Page<DriftAlarm>>("/drift/alarms", { params: { limit: 100 }, signal }),
    refetchInterval: 5_000,
  });
}

/** GET /drift/compare. */
export function useComparison(params: Params | null) {
  return useQuery({
    queryKey: [...KEY, "compare", params],
    enabled: params !== null,
    queryFn: ({ signal }) =>
      request<PeriodsReport>("/drift/compare", { params: params ?? {}, signal }),
    retry: false,
  });
}

export interface NewBaseline {
  name: string;
  model: string;
  route: string;
  size: number;
  rolling: boolean;
}

/** POST /drift/baselines. */
export function useCreateBaseline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewBaseline) =>
      request<unknown>("/drift/baselines", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** POST /drift/baselines/{name}/freeze, or DELETE. */
export function useChangeBaseline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, as }: { name: string; as: "freeze" | "delete" }) => {
      const path = `/drift/baselines/${encodeURIComponent(name)}`;
      return as === "freeze"
        ? request<unknown>(`${path}/freeze`, { method: "POST", body: {} })
        : request<unknown>(path, { method: "DELETE" });
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
