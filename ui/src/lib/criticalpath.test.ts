import { expect, it } from "vitest";
import { criticalPath } from "@/lib/criticalpath";
import { buildTree } from "@/lib/spantree";

const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();
const span = (span_id: string, parent: string | null, from: number, to: number) => ({
  span_id,
  parent_span_id: parent,
  start_time: at(from),
  end_time: at(to),
});

it("follows what ended last, then what came before it", () => {
  const tree = buildTree([
    span("root", null, 0, 100),
    span("a", "root", 0, 40),
    span("b", "root", 40, 90),
    span("beside", "root", 45, 80),
    span("deep", "b", 50, 85),
    span("other root", null, 0, 10),
  ]);
  expect([...criticalPath(tree)].sort()).toEqual(["a", "b", "deep", "root"]);
});

it("survives children that outlive their parent and an empty trace", () => {
  expect(criticalPath([])).toEqual(new Set());
  const tree = buildTree([span("root", null, 0, 10), span("late", "root", 5, 50)]);
  expect([...criticalPath(tree)]).toEqual(["root"]);
});
