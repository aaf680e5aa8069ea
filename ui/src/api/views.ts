import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { SavedView, ViewBody, Visibility } from "@/api/model";

const KEY = ["views"];

/** GET /views. */
export function useViews() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) =>
      request<{ items: SavedView[] }>("/views", { params: { limit: 1000 }, signal }),
    select: (answer) => answer.items,
    staleTime: 60_000,
  });
}

/** GET /views/{id}. */
export function useView(id: string) {
  return useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => request<SavedView>(`/views/${encodeURIComponent(id)}`, { signal }),
  });
}

/** PUT /views/{id}: who sees it. */
export function useShareView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ view, visibility }: { view: SavedView; visibility: Visibility }) =>
      request<SavedView>(`/views/${encodeURIComponent(view.id)}`, {
        method: "PUT",
        body: {
          name: view.name,
          page: view.page,
          query: view.query,
          layout: view.layout,
          visibility,
        },
        headers: { "if-match": `"${view.version}"` },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** POST /views. */
export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (view: ViewBody) => request<SavedView>("/views", { method: "POST", body: view }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** DELETE /views/{id}. */
export function useDeleteView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (view: SavedView) =>
      request<void>(`/views/${encodeURIComponent(view.id)}`, {
        method: "DELETE",
        headers: { "if-match": `"${view.version}"` },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
