/** API series to the columns a chart draws. */
import type { Metric, SeriesAnswer } from "@/api/model";

export interface Line {
  label: string;
  values: (number | null)[];
}

export interface Timeline {
  /** Starts of the buckets, seconds. */
  times: number[];
  bucketSeconds: number;
  from: number;
  to: number;
}

const COUNTED: readonly Metric[] = [
  "requests",
  "errors",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cost_usd",
];

/** Every bucket of the range, also those without calls, which the API leaves out. */
export function timelineOf(answer: SeriesAnswer): Timeline {
  const from = Date.parse(answer.from) / 1000;
  const to = Date.parse(answer.to) / 1000;
  const step = answer.bucket_s;
  const times = new Set<number>();
  for (let at = Math.floor(from / step) * step; at < to && times.size < 2_000; at += step) {
    times.add(at);
  }
  for (const line of answer.series) {
    for (const [at] of line.points) times.add(Date.parse(at) / 1000);
  }
  return { times: [...times].sort((a, b) => a - b), bucketSeconds: step, from, to };
}

/** One line of a metric for each group. Without calls a count is 0, a percentile unknown. */
export function linesOf(answer: SeriesAnswer, timeline: Timeline, metric: Metric): Line[] {
  const empty = COUNTED.includes(metric) ? 0 : null;
  const index = new Map(timeline.times.map((time, at) => [time, at]));
  return answer.series
    .filter((line) => line.metric === metric)
    .map((line) => {
      const values: (number | null)[] = timeline.times.map(() => empty);
      for (const [at, value] of line.points) {
        const slot = index.get(Date.parse(at) / 1000);
        if (slot !== undefined) values[slot] = value;
      }
      return { label: line.group ?? metric, values };
    });
}

/** The values of one metric without groups. */
export function valuesOf(answer: SeriesAnswer, timeline: Timeline, metric: Metric) {
  const empty = COUNTED.includes(metric) ? 0 : null;
  return linesOf(answer, timeline, metric)[0]?.values ?? timeline.times.map(() => empty);
}

/** The `count` biggest lines by sum, the biggest first. */
export function biggest(lines: Line[], count: number): Line[] {
  const size = (line: Line) => line.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return [...lines].sort((a, b) => size(b) - size(a)).slice(0, count);
}
