import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type {
  Alert,
  AlertRule,
  AlertRuleKept,
  Channel,
  ChannelKept,
  ChannelList,
  Page,
  RuleTrial,
} from "@/api/model";

const KEY = ["alerts"];
const ifMatch = (version: number) => ({ "if-match": `"${version}"` });

export type AlertState = "firing" | "resolved";

/** GET /alerts: the newest; asked again every few seconds. */
export function useAlerts(state: AlertState) {
  return useQuery({
    queryKey: [...KEY, "list", state],
    queryFn: ({ signal }) =>
      request<Page<Alert>>("/alerts", { params: { state, limit: 100 }, signal }),
    refetchInterval: 5_000,
  });
}

/** POST /alerts/{id}/acknowledge or /resolve. */
export function useHandleAlert() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (handled: { id: string; as: "acknowledge" | "resolve"; note: string }) =>
      request<Alert>(`/alerts/${handled.id}/${handled.as}`, {
        method: "POST",
        body: { note: handled.note },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** GET /alert-rules. */
export function useAlertRules() {
  return useQuery({
    queryKey: [...KEY, "rules"],
    queryFn: ({ signal }) =>
      request<{ items: AlertRuleKept[]; metrics: string[] }>("/alert-rules", { signal }),
  });
}

/** PUT over the version that was seen, or POST of a new rule. */
export function useSaveAlertRule(seen: AlertRuleKept | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AlertRule) =>
      seen
        ? request<AlertRuleKept>(`/alert-rules/${seen.id}`, {
            method: "PUT",
            body,
            headers: ifMatch(seen.version),
          })
        : request<AlertRuleKept>("/alert-rules", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** POST /alert-rules/try: what the rule would see now. */
export function useTryAlertRule() {
  return useMutation({
    mutationFn: (body: AlertRule) =>
      request<RuleTrial>("/alert-rules/try", { method: "POST", body }),
  });
}

/** GET /alert-channels. */
export function useChannels(isAsked = true) {
  return useQuery({
    enabled: isAsked,
    queryKey: [...KEY, "channels"],
    queryFn: ({ signal }) => request<ChannelList>("/alert-channels", { signal }),
  });
}

/** PUT over the version that was seen, or POST of a new channel. */
export function useSaveChannel(seen: ChannelKept | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Channel) =>
      seen
        ? request<ChannelKept>(`/alert-channels/${seen.id}`, {
            method: "PUT",
            body,
            headers: ifMatch(seen.version),
          })
        : request<ChannelKept>("/alert-channels", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** POST /alert-channels/{id}/test. */
export function useTestChannel() {
  return useMutation({
    mutationFn: (id: string) =>
      request<{ delivered: boolean; detail: string }>(`/alert-channels/${id}/test`, {
        method: "POST",
        body: {},
      }),
  });
}

/** DELETE /alert-rules/{id} or /alert-channels/{id}. */
export function useDeleteOf(what: "alert-rules" | "alert-channels") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      request<void>(`/${what}/${id}`, { method: "DELETE", headers: ifMatch(version) }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
