import { useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Provider } from "@/api/model";

/** GET /providers. */
export function useProviders() {
  return useQuery({
    queryKey: ["providers"],
    queryFn: ({ signal }) => request<{ items: Provider[] }>("/providers", { signal }),
    select: (answer) => answer.items,
    refetchInterval: 10_000,
  });
}
