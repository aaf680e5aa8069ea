import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { ApiError, request } from "@/api/http";
import type {
  IssuedKey,
  Key,
  KeyBody,
  KeyChanges,
  KeyUsage,
  Organization,
  Page,
  Project,
} from "@/api/model";
import { forget } from "@/api/money";

export interface KeyFilters {
  project?: string;
  owner?: string;
  status?: string;
  /** A beginning of the key where it looks like one, else part of a name. */
  q?: string;
}

const PAGE_SIZE = 100;
const ifMatch = (version: number) => ({ "if-match": `"${version}"` });
const pathOf = (id: string) => `/keys/${encodeURIComponent(id)}`;
const isThere = (count: number, error: Error) =>
  !(error instanceof ApiError && error.status === 404) && count < 2;

/** GET /keys, page after page. */
export function useKeyList(filters: KeyFilters, isAsked = true) {
  const { q, ...rest } = filters;
  const search = q?.startsWith("vdt_") ? { prefix: q } : { q };
  return useInfiniteQuery({
    queryKey: ["keys", filters],
    enabled: isAsked,
    queryFn: ({ pageParam, signal }) =>
      request<Page<Key>>("/keys", {
        params: { ...rest, ...search, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

/** GET /keys/{id}. */
export function useKey(id: string | undefined) {
  return useQuery({
    queryKey: ["keys", "one", id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => request<Key>(pathOf(id ?? ""), { signal }),
    retry: isThere,
  });
}

/** GET /keys/{id}/usage. */
export function useKeyUsage(id: string) {
  return useQuery({
    queryKey: ["keys", "usage", id],
    queryFn: ({ signal }) => request<KeyUsage>(`${pathOf(id)}/usage`, { signal }),
    refetchInterval: 10_000,
    retry: isThere,
  });
}

function useKeyChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["keys"] }), forget(client)]),
  });
}

/** POST /keys: the only answer that shows the key. */
export function useCreateKey() {
  return useKeyChange((body: KeyBody) => request<IssuedKey>("/keys", { method: "POST", body }));
}

/** PATCH /keys/{id} over the version that was seen. */
export function useChangeKey(id: string, version: number) {
  return useKeyChange((body: KeyChanges) =>
    request<Key>(pathOf(id), { method: "PATCH", body, headers: ifMatch(version) }),
  );
}

/** POST /keys/{id}/rotate: shows the new key. */
export function useRotateKey(id: string) {
  return useKeyChange((overlap_s: number) =>
    request<IssuedKey>(`${pathOf(id)}/rotate`, { method: "POST", body: { overlap_s } }),
  );
}

/** DELETE /keys/{id}; `leave` goes to another page before the key is asked for again. */
export function useDeleteKey(id: string, leave: () => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<void>(pathOf(id), { method: "DELETE" }),
    onSuccess: async () => {
      await leave();
      client.removeQueries({ queryKey: ["keys", "one", id] });
      client.removeQueries({ queryKey: ["keys", "usage", id] });
      await Promise.all([client.invalidateQueries({ queryKey: ["keys"] }), forget(client)]);
    },
  });
}

export type TenantKind = "projects" | "organizations";

function useTenants<T>(kind: TenantKind, isAsked = true) {
  return useQuery({
    queryKey: [kind],
    enabled: isAsked,
    queryFn: ({ signal }) => request<Page<T>>(`/${kind}`, { params: { limit: 1000 }, signal }),
    select: (page) => page.items,
    staleTime: 30_000,
  });
}

/** GET /projects. */
export const useProjects = (isAsked = true) => useTenants<Project>("projects", isAsked);

/** GET /organizations. */
export const useOrganizations = () => useTenants<Organization>("organizations");

/** POST, or PATCH over the version that was seen. */
export function useSaveTenant(kind: TenantKind, seen: { id: string; version: number } | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      seen
        ? request<Project>(`/${kind}/${encodeURIComponent(seen.id)}`, {
            method: "PATCH",
            body,
            headers: ifMatch(seen.version),
          })
        : request<Project>(`/${kind}`, { method: "POST", body }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: [kind] }), forget(client)]),
  });
}

/** DELETE of a project, with its keys, or of an organization without projects. */
export function useDeleteTenant(kind: TenantKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request<void>(`/${kind}/${encodeURIComponent(id)}`, { method: "DELETE" }),
    onSettled: () =>
      Promise.all(
        [[kind], ["keys"], ["budgets"], ["limits"], ["allowances"]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
