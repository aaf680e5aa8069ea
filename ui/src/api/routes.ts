import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Explanation, Question, Route, RouteBody } from "@/api/model";

const KEY = ["routes"];

const pathOf = (model: string) => `/routes/${encodeURIComponent(model)}`;
const ifMatch = (version: number) => ({ "if-match": `"${version}"` });

/** GET /routes. */
export function useRoutes() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<{ items: Route[] }>("/routes", { signal }),
    select: (answer) => answer.items,
    refetchInterval: 5_000,
  });
}

/** PUT over the version that was seen, or POST of a new route. */
export function useSaveRoute(seen: { model: string; version: number } | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteBody) =>
      seen
        ? request<Route>(pathOf(seen.model), {
            method: "PUT",
            body,
            headers: ifMatch(seen.version),
          })
        : request<Route>("/routes", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** DELETE /routes/{model}. */
export function useDeleteRoute() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ model, version }: { model: string; version: number }) =>
      request<void>(pathOf(model), { method: "DELETE", headers: ifMatch(version) }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** POST /routes/explain; again every few seconds, since targets come and go. */
export function useExplain(question: Question | null) {
  return useQuery({
    queryKey: [...KEY, "explain", question],
    enabled: question !== null,
    queryFn: ({ signal }) =>
      request<Explanation>("/routes/explain", { method: "POST", body: question, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.status === "error" ? false : 5_000),
    retry: false,
  });
}
