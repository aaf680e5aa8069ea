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
  // A filter that no index knows is held against so many spans a page, whether they fit or not.
  const isSearching = query.data?.pages.at(-1)?.items.length === 0;
  if (query.hasNextPage)
    return isSearching ? `${count(loaded)} found, looking further back…` : "Loading more…";
  return `${count(loaded)} ${loaded === 1 ? "trace" : "traces"}, that is all.`;
}
