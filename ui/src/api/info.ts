import { useQuery } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Info } from "@/api/model";

/** GET /info: what this installation is. */
export function useInfo() {
  return useQuery({
    queryKey: ["info"],
    queryFn: ({ signal }) => request<Info>("/info", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
