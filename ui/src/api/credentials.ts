import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Credential } from "@/api/model";

const KEY = ["credentials"];
const pathOf = (name: string) => `/credentials/${encodeURIComponent(name)}`;

/** GET /credentials: names and times, never values. */
export function useCredentials() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<{ items: Credential[] }>("/credentials", { signal }),
    select: (answer) => answer.items,
  });
}

/** PUT /credentials/{name}. */
export function useSetCredential() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, value }: { name: string; value: string }) =>
      request<Credential>(pathOf(name), { method: "PUT", body: { value } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** DELETE /credentials/{name}. */
export function useDeleteCredential() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request<void>(pathOf(name), { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
