import { expect, it } from "vitest";
import { agentGraph } from "@/lib/agentgraph";
import { buildTree } from "@/lib/spantree";

const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();
const span = (
  span_id: string,
  parent: string | null,
  name: string,
  kind: string,
  [from, to]: [number, number],
  code = "ok",
) => ({
  span_id,
  parent_span_id: parent,
  name,
  kind,
  start_time: at(from),
  end_time: at(to),
  duration_ms: to - from,
  cost_usd: "0.5",
  status: { code },
});

const TRACE = buildTree([
  span("r", null, "boss", "agent", [0, 100]),
  span("w", "r", "wrapper", "chain", [1, 99]),
  span("a1", "w", "writer", "agent", [1, 30]),
  span("b1", "w", "critic", "agent", [30, 60], "error"),
  span("a2", "w", "writer", "agent", [60, 90]),
  span("t1", "a1", "search", "tool", [2, 20]),
  span("t2", "a1", "search", "tool", [10, 25]),
]);

it("joins what is the same, skips wrappers and counts", () => {
  const graph = agentGraph(TRACE, true);
  const writer = graph.nodes.find((node) => node.name === "writer");
  expect(graph.nodes.map((node) => node.name).sort()).toEqual([
    "boss",
    "critic",
    "search",
    "writer",
  ]);
  expect(writer).toMatchObject({ spans: ["a1", "a2"], durationMs: 59, cost: 1 });
  expect(graph.nodes.find((node) => node.name === "critic")?.errors).toBe(1);
  const call = graph.edges.find((edge) => edge.from === "agent writer" && edge.type === "call");
  expect(call?.count).toBe(2);
});

it("marks what ran beside each other and what leads back", () => {
  const graph = agentGraph(TRACE, true);
  expect(graph.nodes.filter((node) => node.isParallel).map((node) => node.name)).toEqual([
    "search",
  ]);
  const simple = agentGraph(
    buildTree([
      span("x", null, "x", "agent", [0, 9]),
      span("y", "x", "y", "agent", [1, 8]),
      span("x2", "y", "x", "agent", [2, 7]),
    ]),
    true,
  );
  expect(simple.edges.filter((edge) => edge.isBack)).toHaveLength(1);
  expect(simple.nodes.map((node) => node.layer)).toEqual([0, 1]);
});

it("shows every span where nothing is simplified, and stays bounded", () => {
  expect(agentGraph(TRACE, false).nodes).toHaveLength(7);
  const many = buildTree(
    Array.from({ length: 1000 }, (_, n) =>
      span(`s${n}`, n ? "s0" : null, `n${n}`, "llm", [n, n + 1]),
    ),
  );
  const graph = agentGraph(many, false);
  expect(graph.nodes).toHaveLength(300);
  expect(graph.left).toBe(700);
});
