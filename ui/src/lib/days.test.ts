import { expect, it } from "vitest";
import type { Trace } from "@/api/model";
import { byDay } from "@/lib/days";

const trace = (start_time: string, status: string, cost_usd: string | null) =>
  ({ start_time, status, cost_usd }) as Trace;

it("counts traces by day and keeps empty days", () => {
  const days = byDay(
    [
      trace("2026-03-04T10:00:00Z", "ok", "0.5"),
      trace("2026-03-04T11:00:00Z", "error", null),
      trace("2025-01-01T11:00:00Z", "ok", "9"),
    ],
    new Date("2026-03-05T01:00:00Z"),
    3,
  );
  expect(days).toEqual([
    { day: "2026-03-03", traces: 0, errors: 0, cost: 0 },
    { day: "2026-03-04", traces: 2, errors: 1, cost: 0.5 },
    { day: "2026-03-05", traces: 0, errors: 0, cost: 0 },
  ]);
});
