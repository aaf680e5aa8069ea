/** New rows at the head of a list that is loaded page by page. */
import type { InfiniteData } from "@tanstack/react-query";
import type { Page, Trace } from "@/api/model";

export type TraceList = InfiniteData<Page<Trace>, string>;

/** Rows of `head` that the list does not have yet. */
export function newRows(list: TraceList, head: Page<Trace>): Trace[] {
  const known = new Set(list.pages.flatMap((page) => page.items.map((row) => row.trace_id)));
  return head.items.filter((row) => !known.has(row.trace_id));
}

/**
 * The list with the head's rows put in by start time and rows it has already brought up to date.
 * When everything in a full head is new there may be a gap below it: then the list starts over.
 */
export function mergeHead(list: TraceList, head: Page<Trace>): TraceList {
  const added = newRows(list, head);
  const [first, ...rest] = list.pages;
  if (
    !first ||
    (added.length === head.items.length && head.next_cursor && first.items.length > 0)
  ) {
    return { pages: [head], pageParams: [""] };
  }
  const latest = new Map(head.items.map((row) => [row.trace_id, row]));
  const update = (row: Trace) => latest.get(row.trace_id) ?? row;
  const items = [...added, ...first.items.map(update)].sort(newestFirst);
  const older = rest.map((page) => ({ ...page, items: page.items.map(update) }));
  return { ...list, pages: [{ ...first, items }, ...older] };
}

function newestFirst(a: Trace, b: Trace): number {
  if (a.start_time !== b.start_time) return a.start_time < b.start_time ? 1 : -1;
  return a.trace_id < b.trace_id ? 1 : -1;
}
