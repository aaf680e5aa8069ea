import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { AuditEntry, AuditReport, Page } from "@/api/model";
import { type AuditSearch, auditParams } from "@/pages/audit/search";

/** GET /audit, newest first, page after page. */
export function useAudit(search: AuditSearch) {
  return useInfiniteQuery({
    queryKey: ["audit", search],
    queryFn: ({ pageParam, signal }) =>
      request<Page<AuditEntry>>("/audit", {
        params: { ...auditParams(search), limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

/** GET /audit/verify: reads the whole log, so only when somebody asks. */
export function useVerify() {
  return useMutation({
    mutationFn: (organization: string | undefined) =>
      request<AuditReport>("/audit/verify", { params: { organization } }),
  });
}
