import { expect, test } from "vitest";
import type { UsageReport, UsageRow } from "@/api/model";
import { spendLines, spendTimeline } from "./lines";

const TOKENS = {} as UsageRow["tokens"];

function row(by: Record<string, string>, cost: number): UsageRow {
  return {
    by,
    requests: 1,
    errors: 0,
    unpriced_requests: 0,
    estimated_requests: 0,
    cached_requests: 0,
    cost_usd: cost.toFixed(6),
    saved_usd: "0.000000",
    tokens: TOKENS,
    web_searches: 0,
    file_searches: 0,
  };
}

function report(items: UsageRow[], rest: UsageRow[] = [], others = 0): UsageReport {
  return {
    from_time: "2026-03-01T00:00:00.000000Z",
    to_time: "2026-03-04T12:00:00.000000Z",
    items,
    total: row({}, 0),
    others,
    rest,
  };
}

const settings = { by: "model", step: "day" as const, nameOf: (id: string) => id.toUpperCase() };

test("days without calls are there, as nothing", () => {
  const answer = report([row({ model: "a", day: "2026-03-02" }, 2)]);
  const timeline = spendTimeline(answer, "day");
  expect(timeline.times).toHaveLength(4);
  const [line] = spendLines({ ...settings, report: answer, timeline });
  expect(line).toMatchObject({ label: "A", values: [0, 2, 0, 0], kind: "bars" });
});

test("the dearest have lines of their own, the others one together", () => {
  const items = Array.from({ length: 10 }, (_, at) =>
    row({ model: `m${at}`, day: "2026-03-01" }, at + 1),
  );
  const answer = report(items);
  const lines = spendLines({ ...settings, report: answer, timeline: spendTimeline(answer, "day") });
  expect(lines.map((line) => line.label)).toEqual([
    "M9",
    "M8",
    "M7",
    "M6",
    "M5",
    "M4",
    "M3",
    "3 others",
  ]);
  expect(lines.at(-1)?.values[0]).toBe(6);
});

test("calls without a name are told so", () => {
  const answer = report([row({ user: "", day: "2026-03-01" }, 1)]);
  const timeline = spendTimeline(answer, "day");
  const lines = spendLines({ ...settings, by: "user", report: answer, timeline });
  expect(lines[0]?.label).toBe("no user");
});

test("what the answer left out is in the line of the others", () => {
  const items = Array.from({ length: 8 }, (_, at) =>
    row({ model: `m${at}`, day: "2026-03-01" }, at + 1),
  );
  const answer = report(items, [row({ day: "2026-03-02" }, 5)], 40);
  const lines = spendLines({ ...settings, report: answer, timeline: spendTimeline(answer, "day") });
  expect(lines).toHaveLength(8);
  expect(lines.at(-1)).toMatchObject({ label: "41 others", values: [1, 5, 0, 0] });
});
