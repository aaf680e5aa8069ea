import { count } from "@/lib/format";

interface ListQuery {
  data?: { pages: { items: unknown[] }[] } | undefined;
  hasNextPage: boolean;
  isFetchNextPageError: boolean;
}

/** What stands below the last row. */
export function listFooter(query: ListQuery): string {
  const loaded = query.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  if (query.isFetchNextPageError)
    return `${count(loaded)} loaded; the next ones could not be loaded.`;
  if (query.hasNextPage) return "Loading more…";
  return `${count(loaded)} ${loaded === 1 ? "trace" : "traces"}, that is all.`;
}
