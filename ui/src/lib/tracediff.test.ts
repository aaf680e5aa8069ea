import { expect, it } from "vitest";
import { buildTree } from "@/lib/spantree";
import { diffTraces, diffWords } from "@/lib/tracediff";

const span = (span_id: string, parent: string | null, name: string, at: number) => ({
  span_id,
  parent_span_id: parent,
  name,
  kind: "llm",
  model: null,
  start_time: new Date(at).toISOString(),
  end_time: new Date(at + 1).toISOString(),
});

it("pairs what is alike and leaves the rest on its side", () => {
  const left = buildTree([
    span("r", null, "root", 0),
    span("a", "r", "plan", 1),
    span("b", "r", "search", 2),
    span("c", "r", "write", 3),
  ]);
  const right = buildTree([
    span("R", null, "root", 0),
    span("A", "R", "plan", 1),
    span("X", "R", "check", 2),
    span("C", "R", "write", 3),
  ]);
  const rows = diffTraces(left, right).map((row) => [row.left?.span_id, row.right?.span_id]);
  expect(rows).toEqual([
    ["r", "R"],
    ["a", "A"],
    ["b", undefined],
    [undefined, "X"],
    ["c", "C"],
  ]);
});

it("tells words that are gone and new", () => {
  expect(diffWords("the red house", "the blue house")).toEqual([
    { type: "same", text: "the " },
    { type: "gone", text: "red" },
    { type: "new", text: "blue" },
    { type: "same", text: " house" },
  ]);
  expect(diffWords("", "")).toEqual([]);
});
