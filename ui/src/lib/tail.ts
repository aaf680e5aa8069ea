/** A bounded list of what came last. */

interface Row {
  trace_id: string;
  span_id: string;
  start_time: string;
}

export const MOST_ROWS = 500;

/** The rows with new ones on top, each once, the latest start first. */
export function mergeTail<T extends Row>(known: readonly T[], fresh: readonly T[]): T[] {
  const seen = new Set(known.map((row) => `${row.trace_id} ${row.span_id}`));
  const added = fresh.filter((row) => !seen.has(`${row.trace_id} ${row.span_id}`));
  return [...added, ...known]
    .sort((a, b) => (a.start_time < b.start_time ? 1 : a.start_time > b.start_time ? -1 : 0))
    .slice(0, MOST_ROWS);
}
