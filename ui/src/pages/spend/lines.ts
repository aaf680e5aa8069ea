/** Sums of the ledger over time as the lines of a chart. */
import type { UsageReport, UsageRow } from "@/api/model";
import type { ChartLine } from "@/charts/options";
import { seriesToken } from "@/charts/palette";
import type { Timeline } from "@/charts/timeline";

/** More lines than this cannot be told apart. */
export const MOST_LINES = 8;
const STEP_S = { hour: 3_600, day: 86_400 };

type Step = keyof typeof STEP_S;

const secondsOf = (name: string) =>
  Date.parse(name.length === 10 ? `${name}T00:00:00Z` : name) / 1000;

/** Every step of the range, also those without calls. */
export function spendTimeline(report: UsageReport, step: Step): Timeline {
  const size = STEP_S[step];
  const from = Date.parse(report.from_time) / 1000;
  const to = Date.parse(report.to_time) / 1000;
  const times: number[] = [];
  for (let at = Math.floor(from / size) * size; at < to && times.length < 1_000; at += size)
    times.push(at);
  return { times, bucketSeconds: size, from: times[0] ?? from, to };
}

interface Lines {
  report: UsageReport;
  timeline: Timeline;
  by: string;
  step: Step;
  nameOf: (id: string) => string;
}

/** One line for each of the dearest, and one for all others together. */
export function spendLines({ report, timeline, by, step, nameOf }: Lines): ChartLine[] {
  const sums = new Map<string, number>();
  for (const row of report.items) {
    const name = row.by[by] ?? "";
    sums.set(name, (sums.get(name) ?? 0) + Number(row.cost_usd));
  }
  const order = [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  // The others get the last colour: a line of their own where there is room.
  const own = order.slice(
    0,
    order.length + report.others > MOST_LINES ? MOST_LINES - 1 : MOST_LINES,
  );
  const index = new Map(timeline.times.map((time, at) => [time, at]));
  const add = (values: number[], row: UsageRow) => {
    const at = index.get(secondsOf(row.by[step] ?? ""));
    if (at !== undefined) values[at] = (values[at] ?? 0) + Number(row.cost_usd);
  };
  const lineOf = (label: string, token: string, belongs: (name: string) => boolean): ChartLine => {
    const values = timeline.times.map(() => 0);
    for (const row of report.items) if (belongs(row.by[by] ?? "")) add(values, row);
    return { label, token, values, kind: own.length === 1 ? "bars" : "line" };
  };
  const lines = own.map((name, at) =>
    lineOf(name ? nameOf(name) : `no ${by}`, seriesToken(at), (one) => one === name),
  );
  const rest = order.length - own.length + report.others;
  if (rest <= 0) return lines;
  const others = lineOf(`${rest} others`, seriesToken(MOST_LINES - 1), (one) => !own.includes(one));
  for (const row of report.rest) add(others.values as number[], row);
  return [...lines, others];
}
