/** What kept a trace from ending earlier. */
import type { SpanLike, SpanNode } from "@/lib/spantree";

/**
 * Spans on the critical path: from the end of a span backwards, always the child that ended last
 * before the point reached, then on from where that child began. Iterative, cycles are cut already.
 */
export function criticalPath<T extends SpanLike>(roots: readonly SpanNode<T>[]): Set<string> {
  const path = new Set<string>();
  const last = [...roots].sort((a, b) => end(b) - end(a))[0];
  const stack = last ? [last] : [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    path.add(node.span.span_id);
    let reached = end(node);
    const byEnd = [...node.children].sort((a, b) => end(b) - end(a));
    for (const child of byEnd) {
      if (end(child) > reached || begin(child) >= reached) continue;
      stack.push(child);
      reached = begin(child);
    }
  }
  return path;
}

const begin = (node: SpanNode<SpanLike>) => Date.parse(node.span.start_time);
const end = (node: SpanNode<SpanLike>) => Date.parse(node.span.end_time);
