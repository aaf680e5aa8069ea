import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Page } from "@/api/model";
import type { components } from "@/api/schema";
import { type RangeSearch, rangeParams } from "@/lib/timerange";

type Schemas = components["schemas"];
export type GuardOverview = Schemas["GuardOverview"];
export type GuardTotals = GuardOverview["totals"];
export type Precision = NonNullable<GuardOverview["policies"][number]["precision"]>;
export type Finding = Schemas["FindingPage"]["items"][number];
export type FindingDetail = Schemas["FindingDetail"];
export type AllowEntry = Schemas["AllowShape"];
export type AllowBody = Schemas["AllowBody"];
export type Calibration = Schemas["CalibrationShape"];

export const GUARD = ["guard"];

/** GET /guard/overview. */
export function useGuardOverview(range: RangeSearch) {
  const params = rangeParams(range, "7d");
  return useQuery({
    queryKey: [...GUARD, "overview", params],
    queryFn: ({ signal }) => request<GuardOverview>("/guard/overview", { params, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

export interface FindingFilter {
  detector?: string;
  kind?: string;
  policy?: string;
  rule?: string;
  mode?: string;
  action?: string;
}

/** GET /guard/findings, page by page. */
export function useFindings(range: RangeSearch, filter: FindingFilter) {
  const params = { ...rangeParams(range, "7d"), ...filter, limit: 50 };
  return useInfiniteQuery({
    queryKey: [...GUARD, "findings", params],
    queryFn: ({ pageParam, signal }) =>
      request<Page<Finding>>("/guard/findings", {
        params: { ...params, cursor: pageParam || undefined },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** GET /guard/findings/{id}. */
export function useFinding(id: string | undefined) {
  return useQuery({
    queryKey: [...GUARD, "finding", id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => request<FindingDetail>(`/guard/findings/${id}`, { signal }),
  });
}

/** POST or DELETE of feedback; null takes back what was said. */
export function useSay(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (isTrue: boolean | null) =>
      isTrue === null
        ? request<void>(`/guard/findings/${id}/feedback`, { method: "DELETE" })
        : request<unknown>(`/guard/findings/${id}/feedback`, {
            method: "POST",
            body: { is_true: isTrue },
          }),
    onSuccess: () => client.invalidateQueries({ queryKey: GUARD }),
  });
}

/** GET /guard/allowed. */
export function useAllowed() {
  return useQuery({
    queryKey: [...GUARD, "allowed"],
    queryFn: ({ signal }) => request<{ items: AllowEntry[] }>("/guard/allowed", { signal }),
    select: (answer) => answer.items,
  });
}

/** POST /guard/allowed. */
export function useAllow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AllowBody) =>
      request<AllowEntry>("/guard/allowed", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: GUARD }),
  });
}

/** DELETE /guard/allowed/{id}. */
export function useDisallow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>(`/guard/allowed/${id}`, { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: GUARD }),
  });
}

/** GET /guard/calibration. */
export function useCalibration() {
  return useQuery({
    queryKey: [...GUARD, "calibration"],
    queryFn: ({ signal }) => request<{ items: Calibration[] }>("/guard/calibration", { signal }),
    select: (answer) => answer.items,
  });
}

/** PUT of a threshold, or DELETE with null. */
export function useCalibrate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ detector, threshold }: { detector: string; threshold: number | null }) => {
      const path = `/guard/calibration/${encodeURIComponent(detector)}`;
      return threshold === null
        ? request<unknown>(path, { method: "DELETE" })
        : request<unknown>(path, { method: "PUT", body: { threshold } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: GUARD }),
  });
}
