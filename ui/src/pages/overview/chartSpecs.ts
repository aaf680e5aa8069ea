/** What the charts of the overview show, with and without groups. */
import type { Metric, SeriesAnswer } from "@/api/model";
import type { ChartLine } from "@/charts/options";
import { seriesToken } from "@/charts/palette";
import { biggest, linesOf, type Timeline, valuesOf } from "@/charts/timeline";
import { compactCount, duration, money } from "@/lib/format";

interface PlainLine {
  metric: Metric;
  label: string;
  token: string;
  kind?: ChartLine["kind"];
}

export interface ChartSpec {
  title: string;
  format: (value: number) => string;
  lines: readonly PlainLine[];
  nothing?: string;
  /** What groups are compared by. */
  grouped: { metric: Metric; note: string };
}

/** More lines than this cannot be told apart. */
const MOST_GROUPS = 8;

const percentiles = (of: "latency" | "ttft"): PlainLine[] => [
  { metric: `${of}_p50_ms`, label: "p50", token: "--series-1", kind: "area" },
  { metric: `${of}_p95_ms`, label: "p95", token: "--series-3" },
  { metric: `${of}_p99_ms`, label: "p99", token: "--series-2" },
];

export const CHARTS: readonly ChartSpec[] = [
  {
    title: "Requests and errors",
    format: compactCount,
    lines: [
      { metric: "requests", label: "requests", token: "--series-1", kind: "bars" },
      { metric: "errors", label: "errors", token: "--bad", kind: "bars" },
    ],
    grouped: { metric: "requests", note: "requests" },
  },
  {
    title: "Latency",
    format: duration,
    lines: percentiles("latency"),
    grouped: { metric: "latency_p95_ms", note: "p95" },
  },
  {
    title: "Time to first token",
    nothing: "No streamed calls in this range",
    format: duration,
    lines: percentiles("ttft"),
    grouped: { metric: "ttft_p50_ms", note: "p50" },
  },
  {
    title: "Tokens",
    format: compactCount,
    lines: [
      { metric: "input_tokens", label: "input", token: "--series-5", kind: "area" },
      { metric: "cache_read_tokens", label: "of it cached", token: "--series-8" },
      { metric: "output_tokens", label: "output", token: "--series-2", kind: "area" },
    ],
    grouped: { metric: "output_tokens", note: "output" },
  },
  {
    title: "Cost",
    nothing: "No priced calls in this range",
    format: money,
    lines: [{ metric: "cost_usd", label: "USD", token: "--series-6", kind: "bars" }],
    grouped: { metric: "cost_usd", note: "USD" },
  },
];

export function chartLines(
  spec: ChartSpec,
  answer: SeriesAnswer,
  timeline: Timeline,
  isGrouped: boolean,
): ChartLine[] {
  if (!isGrouped) {
    return spec.lines.map(({ metric, ...line }) => ({
      ...line,
      values: valuesOf(answer, timeline, metric),
    }));
  }
  const order = biggest(linesOf(answer, timeline, "requests"), MOST_GROUPS).map(
    (line) => line.label,
  );
  const byGroup = new Map(
    linesOf(answer, timeline, spec.grouped.metric).map((line) => [line.label, line]),
  );
  return order.flatMap((group, index) => {
    const line = byGroup.get(group);
    return line
      ? [{ label: group || "unknown", values: line.values, token: seriesToken(index) }]
      : [];
  });
}
