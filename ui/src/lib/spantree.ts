/** Flat spans to a tree, and the tree to the rows a waterfall draws. */

export interface SpanLike {
  span_id: string;
  parent_span_id?: string | null;
  start_time: string;
  end_time: string;
}

export interface SpanNode<T extends SpanLike> {
  span: T;
  children: SpanNode<T>[];
  /** Spans below this one, itself not counted. */
  descendants: number;
}

export interface SpanRow<T extends SpanLike> {
  span: T;
  depth: number;
  hasChildren: boolean;
  descendants: number;
  /** Start and width in [0, 1] of the trace's length. */
  offset: number;
  width: number;
}

/**
 * Roots in order of start. A span whose parent is missing is a root, and so is the first span of
 * a cycle: nothing that came is ever left out. Iterative, so depth is bounded by memory only.
 */
export function buildTree<T extends SpanLike>(spans: readonly T[]): SpanNode<T>[] {
  const nodes = new Map<string, SpanNode<T>>();
  const order: SpanNode<T>[] = [];
  for (const span of spans) {
    if (nodes.has(span.span_id)) continue;
    const node = { span, children: [], descendants: 0 };
    nodes.set(span.span_id, node);
    order.push(node);
  }
  order.sort((a, b) => byStart(a.span, b.span));
  const roots: SpanNode<T>[] = [];
  for (const node of order) {
    const parent = parentOf(node, nodes);
    if (parent) parent.children.push(node);
    else roots.push(node);
  }
  const reached = new Set<SpanNode<T>>();
  for (const root of roots) reach(root, reached);
  for (const node of order) {
    if (reached.has(node)) continue;
    const parent = parentOf(node, nodes);
    if (parent) parent.children = parent.children.filter((child) => child !== node);
    roots.push(node);
    reach(node, reached);
  }
  roots.sort((a, b) => byStart(a.span, b.span));
  countDescendants(roots);
  return roots;
}

function byStart(a: SpanLike, b: SpanLike): number {
  return a.start_time < b.start_time ? -1 : a.start_time > b.start_time ? 1 : 0;
}

function parentOf<T extends SpanLike>(node: SpanNode<T>, nodes: Map<string, SpanNode<T>>) {
  const parent = node.span.parent_span_id ? nodes.get(node.span.parent_span_id) : undefined;
  return parent === node ? undefined : parent;
}

function reach<T extends SpanLike>(root: SpanNode<T>, reached: Set<SpanNode<T>>): void {
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    stack.push(...node.children);
  }
}

function countDescendants<T extends SpanLike>(roots: SpanNode<T>[]): void {
  const stack = [...roots];
  const order: SpanNode<T>[] = [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    order.push(node);
    stack.push(...node.children);
  }
  for (const node of order.reverse()) {
    node.descendants = node.children.reduce((sum, child) => sum + 1 + child.descendants, 0);
  }
}

/** The rows in drawing order, without what stands under a collapsed span. */
export function flatten<T extends SpanLike>(
  roots: readonly SpanNode<T>[],
  collapsed: ReadonlySet<string>,
): SpanRow<T>[] {
  const { start, length } = extent(roots);
  const rows: SpanRow<T>[] = [];
  const stack = [...roots].reverse().map((node) => ({ node, depth: 0 }));
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { node, depth } = item;
    const begin = Date.parse(node.span.start_time);
    const end = Date.parse(node.span.end_time);
    rows.push({
      span: node.span,
      depth,
      hasChildren: node.children.length > 0,
      descendants: node.descendants,
      offset: (begin - start) / length,
      width: Math.max(0, end - begin) / length,
    });
    if (collapsed.has(node.span.span_id)) continue;
    for (const child of [...node.children].reverse()) stack.push({ node: child, depth: depth + 1 });
  }
  return rows;
}

function extent<T extends SpanLike>(roots: readonly SpanNode<T>[]) {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  const stack = [...roots];
  for (let node = stack.pop(); node; node = stack.pop()) {
    start = Math.min(start, Date.parse(node.span.start_time));
    end = Math.max(end, Date.parse(node.span.end_time));
    stack.push(...node.children);
  }
  return { start, length: Math.max(1, end - start) };
}

/** What is shown first: the model call where there is one alone, else the root. */
export function firstSpan<T extends SpanLike & { kind: string }>(
  spans: readonly T[],
): T | undefined {
  const calls = spans.filter((span) => span.kind === "llm" || span.kind === "embedding");
  return calls.length === 1 ? calls[0] : (spans.find((span) => !span.parent_span_id) ?? spans[0]);
}

/** Ids of the spans above a span, nearest first; a cycle ends the way. */
export function ancestors<T extends SpanLike>(spans: readonly T[], spanId: string): string[] {
  const parents = new Map(spans.map((span) => [span.span_id, span.parent_span_id ?? null]));
  const above: string[] = [];
  const seen = new Set([spanId]);
  for (let at = parents.get(spanId); at && parents.has(at) && !seen.has(at); at = parents.get(at)) {
    seen.add(at);
    above.push(at);
  }
  return above;
}
