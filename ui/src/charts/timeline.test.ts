import { expect, test } from "vitest";
import type { SeriesAnswer } from "@/api/model";
import { biggest, linesOf, timelineOf, valuesOf } from "./timeline";

const answer: SeriesAnswer = {
  bucket_s: 60,
  from: "2026-03-04T10:00:30.000000Z",
  to: "2026-03-04T10:04:00.000000Z",
  series: [
    {
      metric: "requests",
      group: null,
      unit: "count",
      points: [["2026-03-04T10:01:00.000000Z", 5]],
    },
    {
      metric: "latency_p50_ms",
      group: null,
      unit: "ms",
      points: [["2026-03-04T10:01:00.000000Z", 80]],
    },
  ],
};

test("buckets without calls are put back: zero calls, unknown latency", () => {
  const timeline = timelineOf(answer);
  expect(timeline.times).toHaveLength(4);
  expect(valuesOf(answer, timeline, "requests")).toEqual([0, 5, 0, 0]);
  expect(valuesOf(answer, timeline, "latency_p50_ms")).toEqual([null, 80, null, null]);
});

test("a metric that did not come is empty, not missing", () => {
  expect(valuesOf(answer, timelineOf(answer), "errors")).toEqual([0, 0, 0, 0]);
});

test("points off the grid are kept", () => {
  const points: [string, number][] = [["2026-03-04T10:01:10.000000Z", 1]];
  const odd = { ...answer, series: answer.series.slice(0, 1).map((line) => ({ ...line, points })) };
  const timeline = timelineOf(odd);
  expect(valuesOf(odd, timeline, "requests").filter(Boolean)).toEqual([1]);
});

test("groups become lines, the biggest first", () => {
  const grouped: SeriesAnswer = {
    ...answer,
    series: ["small", "big"].map((group, index) => ({
      metric: "requests" as const,
      group,
      unit: "count" as const,
      points: [["2026-03-04T10:02:00.000000Z", 1 + index]] as [string, number][],
    })),
  };
  const lines = linesOf(grouped, timelineOf(grouped), "requests");
  expect(biggest(lines, 1).map((line) => line.label)).toEqual(["big"]);
});
