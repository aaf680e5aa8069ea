/** Traces by day, for a strip of bars. */
import type { Trace } from "@/api/model";

export interface Day {
  day: string;
  traces: number;
  errors: number;
  cost: number;
}

const DAY_MS = 86_400_000;

/** The last `days` days up to the day of `now` (UTC), oldest first, empty ones included. */
export function byDay(traces: readonly Trace[], now: Date, days = 30): Day[] {
  const found = new Map<string, Day>();
  for (let back = days - 1; back >= 0; back--) {
    const day = new Date(now.getTime() - back * DAY_MS).toISOString().slice(0, 10);
    found.set(day, { day, traces: 0, errors: 0, cost: 0 });
  }
  for (const trace of traces) {
    const day = found.get(trace.start_time.slice(0, 10));
    if (!day) continue;
    day.traces += 1;
    day.errors += trace.status === "error" ? 1 : 0;
    day.cost += Number(trace.cost_usd ?? 0);
  }
  return [...found.values()];
}
