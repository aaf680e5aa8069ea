import { expect, test } from "vitest";
import type { UsageReport, UsageRow } from "@/api/model";
import { cacheChart } from "./chart";

const row = (hour: string, requests: number, cached_requests: number) =>
  ({ by: { hour }, requests, cached_requests }) as unknown as UsageRow;

test("hours are added up to days where the range is long", () => {
  const report = {
    from_time: "2026-03-01T05:00:00Z",
    to_time: "2026-03-05T05:00:00Z",
    items: [row("2026-03-02T01:00:00Z", 3, 1), row("2026-03-02T09:00:00Z", 4, 2)],
  } as UsageReport;
  const { timeline, lines } = cacheChart(report);
  expect(timeline.bucketSeconds).toBe(86_400);
  expect(lines.map((line) => line.values)).toEqual([
    [0, 7, 0, 0, 0],
    [0, 3, 0, 0, 0],
  ]);
});

test("a short range stays by the hour", () => {
  const report = {
    from_time: "2026-03-01T05:30:00Z",
    to_time: "2026-03-01T08:00:00Z",
    items: [row("2026-03-01T05:00:00Z", 3, 1)],
  } as UsageReport;
  expect(cacheChart(report).lines[0]?.values).toEqual([3, 0, 0]);
});
