import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Params, request } from "@/api/http";
import type {
  Allowance,
  AllowanceBody,
  AllowanceEdits,
  BudgetBurn,
  HeldBudget,
  HeldLimit,
  Page,
  SavingsReport,
  UsageReport,
} from "@/api/model";

/** GET /usage. */
export function useUsage(params: Params, isEnabled = true) {
  return useQuery({
    queryKey: ["usage", params],
    enabled: isEnabled,
    queryFn: ({ signal }) => request<UsageReport>("/usage", { params, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: params.to ? false : 30_000,
  });
}

/** GET /savings. */
export function useSavings(params: Params) {
  return useQuery({
    queryKey: ["savings", params],
    queryFn: ({ signal }) => request<SavingsReport>("/savings", { params, signal }),
    placeholderData: keepPreviousData,
  });
}

/** GET /budgets. */
export function useBudgets() {
  return useQuery({
    queryKey: ["budgets"],
    queryFn: ({ signal }) => request<{ items: HeldBudget[] }>("/budgets", { signal }),
    select: (answer) => answer.items,
    refetchInterval: 10_000,
  });
}

/** GET /budgets/{id}: over time, with a forecast. */
export function useBudget(id: string) {
  return useQuery({
    queryKey: ["budgets", id],
    queryFn: ({ signal }) => request<BudgetBurn>(`/budgets/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: 30_000,
  });
}

/** GET /limits. */
export function useLimits() {
  return useQuery({
    queryKey: ["limits"],
    queryFn: ({ signal }) => request<{ items: HeldLimit[] }>("/limits", { signal }),
    select: (answer) => answer.items,
    refetchInterval: 3_000,
  });
}

/** GET /allowances, those of the configuration first. */
export function useAllowances() {
  return useQuery({
    queryKey: ["allowances"],
    queryFn: ({ signal }) =>
      request<Page<Allowance>>("/allowances", { params: { limit: 1000 }, signal }),
    select: (page) => page.items,
  });
}

/** POST /allowances, or PATCH over the version that was seen. */
export function useSaveAllowance(seen: { id: string; version: number } | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AllowanceBody | AllowanceEdits) =>
      seen
        ? request<Allowance>(`/allowances/${encodeURIComponent(seen.id)}`, {
            method: "PATCH",
            body,
            headers: { "if-match": `"${seen.version}"` },
          })
        : request<Allowance>("/allowances", { method: "POST", body }),
    onSuccess: () => forget(client),
  });
}

/** DELETE /allowances/{id}. */
export function useDeleteAllowance() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request<void>(`/allowances/${encodeURIComponent(id)}`, { method: "DELETE" }),
    onSettled: () => forget(client),
  });
}

/** What hangs on budgets and limits is asked for again. */
export async function forget(client: ReturnType<typeof useQueryClient>): Promise<void> {
  await Promise.all(
    [["allowances"], ["budgets"], ["limits"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
}
