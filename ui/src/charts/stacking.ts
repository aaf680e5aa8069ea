import type { ChartLine } from "./options";

/** How high each line reaches where they stand on each other, the last at the bottom. */
export function stacked(
  lines: readonly ChartLine[],
  hidden: ReadonlySet<string> = new Set(),
): (number | null)[][] {
  const tops: (number | null)[][] = [];
  let below: (number | null)[] = [];
  for (const line of [...lines].reverse()) {
    if (!hidden.has(line.label)) {
      below = line.values.map((value, at) => (below[at] ?? 0) + (value ?? 0));
    }
    tops.unshift(below);
  }
  return tops;
}
