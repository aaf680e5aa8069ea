/**
 * The spans of a trace as a graph of who worked with whom.
 *
 * Simplified, spans of the same kind and name are one node, and steps that only wrap (chains, other)
 * are skipped: their children hang on what stands above. Edges are calls (parent to child), with how
 * often, and handovers (one agent after another under the same parent, in order of start). Branches
 * that overlap in time are parallel. Edges that lead back are marked: without them the graph has
 * layers.
 */
import type { SpanLike, SpanNode } from "@/lib/spantree";

export interface GraphSpan extends SpanLike {
  name: string;
  kind: string;
  status: { code: string };
  duration_ms: number;
  cost_usd: string | null;
}

export interface GraphNode {
  id: string;
  name: string;
  kind: string;
  spans: string[];
  errors: number;
  durationMs: number;
  cost: number;
  isParallel: boolean;
  layer: number;
  row: number;
}

export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  count: number;
  type: "call" | "handover";
  isBack: boolean;
}

export interface AgentGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Nodes beyond the bound, left out. */
  left: number;
}

const WRAPPERS = new Set(["chain", "other"]);
export const MOST_NODES = 300;

export function agentGraph<T extends GraphSpan>(
  roots: readonly SpanNode<T>[],
  isSimplified: boolean,
): AgentGraph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  let left = 0;
  const keyOf = (span: T) => (isSimplified ? `${span.kind} ${span.name}` : span.span_id);
  const stack: { node: SpanNode<T>; above: string | null }[] = [];
  const push = (children: readonly SpanNode<T>[], above: string | null) => {
    for (const child of [...children].reverse()) stack.push({ node: child, above });
  };
  push(roots, null);
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { node, above } = item;
    const { span } = node;
    if (isSimplified && WRAPPERS.has(span.kind) && node.children.length > 0) {
      push(node.children, above);
      continue;
    }
    const id = keyOf(span);
    const known = nodes.get(id);
    if (!known && nodes.size >= MOST_NODES) {
      left += 1;
      continue;
    }
    const mine = known ?? newNode(id, span);
    mine.spans.push(span.span_id);
    mine.errors += span.status.code === "error" ? 1 : 0;
    mine.durationMs += span.duration_ms;
    mine.cost += Number(span.cost_usd ?? 0);
    nodes.set(id, mine);
    if (above !== null) addEdge(edges, above, id, "call");
    handovers(node, keyOf, edges, nodes);
    push(node.children, id);
  }
  const kept = [...edges.values()].filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
  place([...nodes.values()], kept);
  markParallel(roots, keyOf, nodes);
  return { nodes: [...nodes.values()], edges: kept, left };
}

function newNode(id: string, span: GraphSpan): GraphNode {
  return {
    id,
    name: span.name || "unnamed",
    kind: span.kind,
    spans: [],
    errors: 0,
    durationMs: 0,
    cost: 0,
    isParallel: false,
    layer: 0,
    row: 0,
  };
}

function addEdge(
  edges: Map<string, GraphEdge>,
  from: string,
  to: string,
  type: GraphEdge["type"],
): void {
  const id = `${type} ${from} > ${to}`;
  const edge = edges.get(id) ?? { id, from, to, type, count: 0, isBack: from === to };
  edge.count += 1;
  edges.set(id, edge);
}

function handovers<T extends GraphSpan>(
  node: SpanNode<T>,
  keyOf: (span: T) => string,
  edges: Map<string, GraphEdge>,
  nodes: Map<string, GraphNode>,
): void {
  const agents = node.children.filter((child) => child.span.kind === "agent");
  for (let at = 1; at < agents.length; at++) {
    const before = agents[at - 1]?.span;
    const after = agents[at]?.span;
    if (!before || !after || nodes.size >= MOST_NODES) continue;
    if (before.end_time <= after.start_time)
      addEdge(edges, keyOf(before), keyOf(after), "handover");
  }
}

/** Children of one parent that overlap in time ran beside each other. */
function markParallel<T extends GraphSpan>(
  roots: readonly SpanNode<T>[],
  keyOf: (span: T) => string,
  nodes: Map<string, GraphNode>,
): void {
  const stack = [...roots];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const byStart = [...node.children].sort((a, b) =>
      a.span.start_time < b.span.start_time ? -1 : 1,
    );
    let last: T | undefined;
    for (const { span } of byStart) {
      if (last && span.start_time < last.end_time) {
        for (const each of [last, span]) {
          const found = nodes.get(keyOf(each));
          if (found) found.isParallel = true;
        }
      }
      if (!last || span.end_time > last.end_time) last = span;
    }
    stack.push(...node.children);
  }
}

/** Layers by the longest way from a start; an edge to a node that is still open leads back. */
function place(nodes: GraphNode[], edges: GraphEdge[]): void {
  const out = new Map<string, GraphEdge[]>();
  for (const edge of edges) out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
  markBack(nodes, out);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const waiting = new Map(nodes.map((node) => [node.id, 0]));
  for (const edge of edges) if (!edge.isBack) waiting.set(edge.to, (waiting.get(edge.to) ?? 0) + 1);
  const ready = nodes.filter((node) => waiting.get(node.id) === 0);
  for (let node = ready.shift(); node; node = ready.shift()) {
    for (const edge of out.get(node.id) ?? []) {
      const next = byId.get(edge.to);
      if (edge.isBack || !next) continue;
      next.layer = Math.max(next.layer, node.layer + 1);
      const open = (waiting.get(next.id) ?? 1) - 1;
      waiting.set(next.id, open);
      if (open === 0) ready.push(next);
    }
  }
  const rows = new Map<number, number>();
  for (const node of nodes) {
    node.row = rows.get(node.layer) ?? 0;
    rows.set(node.layer, node.row + 1);
  }
}

function markBack(nodes: readonly GraphNode[], out: Map<string, GraphEdge[]>): void {
  const state = new Map<string, "open" | "done">();
  for (const start of nodes) {
    if (state.has(start.id)) continue;
    const stack = [{ id: start.id, edges: [...(out.get(start.id) ?? [])] }];
    state.set(start.id, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = top.edges.shift();
      if (!edge) {
        state.set(top.id, "done");
        stack.pop();
      } else if (state.get(edge.to) === "open") {
        edge.isBack = true;
      } else if (!state.has(edge.to)) {
        state.set(edge.to, "open");
        stack.push({ id: edge.to, edges: [...(out.get(edge.to) ?? [])] });
      }
    }
  }
}
