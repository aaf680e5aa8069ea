import { expect, test } from "vitest";
import type { Page, Trace } from "@/api/model";
import { mergeHead, newRows, type TraceList } from "./head";

function row(id: string, second: number, spans = 1): Trace {
  const start = `2026-03-04T10:00:${String(second).padStart(2, "0")}.000000Z`;
  return { trace_id: id, start_time: start, span_count: spans } as Trace;
}

function page(next: string | null, ...items: Trace[]): Page<Trace> {
  return { items, next_cursor: next };
}

function list(...pages: Page<Trace>[]): TraceList {
  return { pages, pageParams: pages.map((_, index) => String(index)) };
}

const ids = (merged: TraceList) =>
  merged.pages.map((one) => one.items.map((item) => item.trace_id));

test("new rows come first and the other pages stay", () => {
  const before = list(page("x", row("b", 2)), page(null, row("a", 1)));
  const head = page("x", row("c", 3), row("b", 2));
  expect(newRows(before, head).map((item) => item.trace_id)).toEqual(["c"]);
  expect(ids(mergeHead(before, head))).toEqual([["c", "b"], ["a"]]);
});

test("a row that started earlier but ended now is put in its place", () => {
  const before = list(page(null, row("b", 5)));
  expect(ids(mergeHead(before, page(null, row("b", 5), row("slow", 1))))).toEqual([["b", "slow"]]);
});

test("rows that are there are brought up to date on every page", () => {
  const before = list(page("x", row("b", 2)), page(null, row("a", 1)));
  const merged = mergeHead(before, page(null, row("b", 2), row("a", 1, 7)));
  expect(merged.pages[1]?.items[0]?.span_count).toBe(7);
});

test("a full head of new rows may leave a gap: the list starts over", () => {
  const before = list(page("x", row("a", 1)), page(null, row("0", 0)));
  expect(ids(mergeHead(before, page("y", row("c", 9), row("b", 8))))).toEqual([["c", "b"]]);
});

test("the first rows of an empty list are taken", () => {
  expect(ids(mergeHead(list(page(null)), page(null, row("a", 1))))).toEqual([["a"]]);
});
