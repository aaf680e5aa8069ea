import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { CacheStats, PurgeAnswer, PurgeBody } from "@/api/model";

const KEY = ["cache"];

/** GET /cache: what the workers have kept. */
export function useCacheStats() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<CacheStats>("/cache", { signal }),
    refetchInterval: 5_000,
  });
}

/** POST /cache/purge. */
export function usePurgeCache() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PurgeBody) => request<PurgeAnswer>("/cache/purge", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
