import { expect, test } from "vitest";
import { buildTree, flatten } from "./spantree";

function span(id: string, parent: string | null, start: number, end: number) {
  const at = (ms: number) => new Date(1_000_000 + ms).toISOString();
  return { span_id: id, parent_span_id: parent, start_time: at(start), end_time: at(end) };
}

function shape(spans: ReturnType<typeof span>[], collapsed: string[] = []) {
  return flatten(buildTree(spans), new Set(collapsed)).map(
    (row) => `${"-".repeat(row.depth)}${row.span.span_id}`,
  );
}

test("children stand below their parent in order of start", () => {
  const spans = [
    span("c", "a", 20, 30),
    span("a", null, 0, 100),
    span("d", "b", 6, 7),
    span("b", "a", 5, 10),
  ];
  expect(shape(spans)).toEqual(["a", "-b", "--d", "-c"]);
});

test("a span whose parent is missing is a root", () => {
  expect(shape([span("a", null, 0, 9), span("lost", "gone", 3, 4)])).toEqual(["a", "lost"]);
});

test("nothing of a cycle is lost", () => {
  const spans = [
    span("a", "c", 0, 9),
    span("b", "a", 1, 8),
    span("c", "b", 2, 7),
    span("self", "self", 3, 4),
  ];
  expect(shape(spans)).toEqual(["a", "-b", "--c", "self"]);
});

test("a span that came twice is shown once", () => {
  expect(shape([span("a", null, 0, 9), span("a", null, 0, 9)])).toEqual(["a"]);
});

test("what is below a collapsed span is hidden and counted", () => {
  const spans = [span("a", null, 0, 9), span("b", "a", 1, 8), span("c", "b", 2, 7)];
  expect(shape(spans, ["a"])).toEqual(["a"]);
  expect(buildTree(spans)[0]?.descendants).toBe(2);
});

test("bars are placed within the whole trace", () => {
  const rows = flatten(buildTree([span("a", null, 0, 100), span("b", "a", 25, 75)]), new Set());
  expect(rows[1]).toMatchObject({ offset: 0.25, width: 0.5 });
});

test("a trace without length has finite bars", () => {
  const rows = flatten(buildTree([span("a", null, 5, 5)]), new Set());
  expect(rows[0]).toMatchObject({ offset: 0, width: 0 });
});

test("ten thousand nested spans are no problem", () => {
  const spans = Array.from({ length: 10_000 }, (_, index) =>
    span(String(index), index ? String(index - 1) : null, index, 20_000),
  );
  const rows = flatten(buildTree(spans), new Set());
  expect(rows).toHaveLength(10_000);
  expect(rows.at(-1)?.depth).toBe(9_999);
});
