/** The last hour of a provider as columns for charts. */
import type { HistoryPoint, ProviderDetail } from "@/api/model";
import type { ChartLine } from "@/charts/options";
import type { Timeline } from "@/charts/timeline";

export interface History {
  timeline: Timeline;
  calls: ChartLine[];
  latency: ChartLine[];
}

type Value = (point: HistoryPoint) => number | null | undefined;

export function historyOf(detail: ProviderDetail): History {
  const step = detail.step_s;
  const from = Date.parse(detail.start_time) / 1000;
  const to = Date.parse(detail.end_time) / 1000;
  const times: number[] = [];
  for (let at = from; at < to && times.length < 1_000; at += step) times.push(at);
  const points = new Map(
    detail.history.map((point) => [Math.round(Date.parse(point.time) / 1000), point]),
  );
  const column = (value: Value, empty: number | null) =>
    times.map((time) => {
      const point = points.get(time);
      return point ? (value(point) ?? empty) : empty;
    });
  return {
    timeline: { times, bucketSeconds: step, from, to },
    calls: [
      {
        label: "attempts",
        token: "--series-1",
        kind: "bars",
        values: column((point) => point.attempts, 0),
      },
      { label: "errors", token: "--bad", kind: "bars", values: column((point) => point.errors, 0) },
    ],
    latency: [
      {
        label: "p50",
        token: "--series-1",
        kind: "area",
        values: column((point) => point.latency_p50_ms, null),
      },
      {
        label: "p95",
        token: "--series-3",
        values: column((point) => point.latency_p95_ms, null),
      },
      {
        label: "first token p50",
        token: "--series-2",
        values: column((point) => point.ttft_p50_ms, null),
      },
    ],
  };
}
