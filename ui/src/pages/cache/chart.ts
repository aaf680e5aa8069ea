/** Calls and hits over time. */
import type { UsageReport } from "@/api/model";
import type { ChartLine } from "@/charts/options";
import type { Timeline } from "@/charts/timeline";

const HOUR_S = 3_600;
const DAY_S = 86_400;

/** `report` is by hour; ranges of more than three days are added up by day. */
export function cacheChart(report: UsageReport): { timeline: Timeline; lines: ChartLine[] } {
  const from = Date.parse(report.from_time) / 1000;
  const to = Date.parse(report.to_time) / 1000;
  const step = to - from <= 3 * DAY_S ? HOUR_S : DAY_S;
  const times: number[] = [];
  for (let at = Math.floor(from / step) * step; at < to && times.length < 1_000; at += step)
    times.push(at);
  const calls = times.map(() => 0);
  const hits = times.map(() => 0);
  const first = times[0] ?? 0;
  for (const row of report.items) {
    const at = Math.floor((Date.parse(row.by.hour ?? "") / 1000 - first) / step);
    if (at < 0 || at >= times.length) continue;
    calls[at] = (calls[at] ?? 0) + row.requests;
    hits[at] = (hits[at] ?? 0) + row.cached_requests;
  }
  return {
    timeline: { times, bucketSeconds: step, from: first, to },
    lines: [
      { label: "calls", token: "--series-8", values: calls, kind: "bars" },
      { label: "hits", token: "--series-1", values: hits, kind: "bars" },
    ],
  };
}
