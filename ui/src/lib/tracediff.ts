/** Two traces side by side: which spans belong to each other, and what changed. */
import type { SpanLike, SpanNode } from "@/lib/spantree";

export interface DiffSpan extends SpanLike {
  name: string;
  kind: string;
  model: string | null;
}

export interface DiffRow<T extends DiffSpan> {
  depth: number;
  left: T | null;
  right: T | null;
}

/** Siblings beyond this many are paired in order instead of by the longest common run. */
const MOST_COMPARED = 400;

/**
 * Level by level: children of a pair are aligned by the longest common subsequence of their kinds
 * and names; what is left between two pairs stands alone on its side.
 */
export function diffTraces<T extends DiffSpan>(
  left: readonly SpanNode<T>[],
  right: readonly SpanNode<T>[],
): DiffRow<T>[] {
  const rows: DiffRow<T>[] = [];
  type Pair = { left: SpanNode<T> | null; right: SpanNode<T> | null; depth: number };
  const stack: Pair[] = [];
  const push = (a: readonly SpanNode<T>[], b: readonly SpanNode<T>[], depth: number) => {
    for (const [one, other] of align(a, b).reverse())
      stack.push({ left: one, right: other, depth });
  };
  push(left, right, 0);
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    rows.push({
      depth: pair.depth,
      left: pair.left?.span ?? null,
      right: pair.right?.span ?? null,
    });
    push(pair.left?.children ?? [], pair.right?.children ?? [], pair.depth + 1);
  }
  return rows;
}

type Aligned<T extends DiffSpan> = [SpanNode<T> | null, SpanNode<T> | null];

function align<T extends DiffSpan>(
  a: readonly SpanNode<T>[],
  b: readonly SpanNode<T>[],
): Aligned<T>[] {
  if (a.length > MOST_COMPARED || b.length > MOST_COMPARED) return inOrder(a, b);
  const key = (node: SpanNode<T>) => `${node.span.kind} ${node.span.name}`;
  const best = a.map(() => new Array<number>(b.length + 1).fill(0));
  best.push(new Array<number>(b.length + 1).fill(0));
  const cell = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const one = a[i];
      const other = b[j];
      const isSame = one && other && key(one) === key(other);
      const row = best[i];
      if (row) row[j] = isSame ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  const pairs: Aligned<T>[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const one = a[i] ?? null;
    const other = b[j] ?? null;
    if (one && other && key(one) === key(other)) {
      pairs.push([one, other]);
      i++;
      j++;
    } else if (one && (!other || cell(i + 1, j) >= cell(i, j + 1))) {
      pairs.push([one, null]);
      i++;
    } else {
      pairs.push([null, other]);
      j++;
    }
  }
  return pairs;
}

function inOrder<T extends DiffSpan>(
  a: readonly SpanNode<T>[],
  b: readonly SpanNode<T>[],
): Aligned<T>[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, at) => [a[at] ?? null, b[at] ?? null]);
}

export interface TextPiece {
  type: "same" | "gone" | "new";
  text: string;
}

const MOST_WORDS = 1_500;

/** Words that are the same, gone or new; long texts are compared as a whole. */
export function diffWords(before: string, after: string): TextPiece[] {
  if (before === after) return before ? [{ type: "same", text: before }] : [];
  const a = before.split(/(\s+)/);
  const b = after.split(/(\s+)/);
  if (a.length > MOST_WORDS || b.length > MOST_WORDS)
    return pieces(["gone", before], ["new", after]);
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] =
        a[i] === b[j]
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
  const found: [TextPiece["type"], string][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push(["same", a[i++] ?? ""]);
      j++;
    } else if (
      i < a.length &&
      (j >= b.length || (best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0))
    )
      found.push(["gone", a[i++] ?? ""]);
    else found.push(["new", b[j++] ?? ""]);
  }
  return pieces(...found);
}

function pieces(...found: [TextPiece["type"], string][]): TextPiece[] {
  const joined: TextPiece[] = [];
  for (const [type, text] of found) {
    const last = joined.at(-1);
    if (last?.type === type) last.text += text;
    else if (text) joined.push({ type, text });
  }
  return joined;
}
