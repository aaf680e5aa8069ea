import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Forgotten, Group, GroupDetail, Page, Replay } from "@/api/model";
import { filterParams, type TraceFilters } from "@/lib/filters";

export type GroupKind = "sessions" | "end-users";

/** GET /sessions or /end-users, the latest activity first. */
export function useGroups(kind: GroupKind, filters: TraceFilters) {
  return useInfiniteQuery({
    queryKey: [kind, filters],
    queryFn: ({ pageParam, signal }) =>
      request<Page<Group>>(`/${kind}`, {
        params: { ...filterParams(filters), limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

/** One session or user with its traces. */
export function useGroup(kind: GroupKind, id: string) {
  return useQuery({
    queryKey: [kind, "one", id],
    queryFn: ({ signal }) => request<GroupDetail>(`/${kind}/${encodeURIComponent(id)}`, { signal }),
  });
}

/** DELETE /end-users/{id}: forget all of a user. Files are cleaned meanwhile: it takes a while. */
export function useForgetUser(id: string) {
  return useMutation({
    mutationFn: () =>
      request<Forgotten>(`/end-users/${encodeURIComponent(id)}`, {
        method: "DELETE",
        deadlineMs: 600_000,
      }),
  });
}

/** GET /session-replay: the steps of a session. */
export function useReplay(id: string) {
  return useQuery({
    queryKey: ["replay", id],
    queryFn: ({ signal }) =>
      request<Replay>(`/session-replay/${encodeURIComponent(id)}`, { signal }),
  });
}
