import { useQuery } from "@tanstack/react-query";
import { ApiError, request } from "@/api/http";
import type { Provider, ProviderDetail } from "@/api/model";

/** GET /providers. */
export function useProviders() {
  return useQuery({
    queryKey: ["providers"],
    queryFn: ({ signal }) => request<{ items: Provider[] }>("/providers", { signal }),
    select: (answer) => answer.items,
    refetchInterval: 5_000,
  });
}

/** GET /providers/{name}: with its last hour. */
export function useProvider(name: string) {
  return useQuery({
    queryKey: ["providers", name],
    queryFn: ({ signal }) =>
      request<ProviderDetail>(`/providers/${encodeURIComponent(name)}`, { signal }),
    refetchInterval: 5_000,
    retry: (count, error) => !(error instanceof ApiError && error.status === 404) && count < 2,
  });
}
