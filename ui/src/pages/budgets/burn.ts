/** A budget's curve: what was spent, what is to be expected, and the limit. */
import type { BudgetBurn } from "@/api/model";
import type { ChartLine } from "@/charts/options";
import type { Timeline } from "@/charts/timeline";

export interface BurnChart {
  timeline: Timeline;
  lines: ChartLine[];
}

export function burnChart(burn: BudgetBurn): BurnChart {
  const seconds = (time: string) => Date.parse(time) / 1000;
  const spent = burn.points.map((point) => [seconds(point.time), Number(point.spent_usd)] as const);
  const expected = burn.forecast.points.map(
    (point) => [seconds(point.time), Number(point.spent_usd)] as const,
  );
  const times = [...new Set([...spent, ...expected].map(([at]) => at))].sort((a, b) => a - b);
  const along = (points: readonly (readonly [number, number])[]) => {
    const known = new Map(points);
    return times.map((at) => known.get(at) ?? null);
  };
  const limit = Number(burn.budget.limit_usd);
  const last = times.at(-1) ?? 0;
  return {
    timeline: { times, bucketSeconds: burn.step_s, from: times[0] ?? 0, to: last },
    lines: [
      { label: "spent", token: "--series-1", values: along(spent), kind: "area", isPlain: true },
      { label: "expected", token: "--series-2", values: along(expected), isPlain: true },
      { label: "limit", token: "--bad", values: times.map(() => limit) },
    ],
  };
}
