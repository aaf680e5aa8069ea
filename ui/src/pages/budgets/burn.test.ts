import { expect, test } from "vitest";
import type { BudgetBurn } from "@/api/model";
import { burnChart } from "./burn";

const point = (time: string, spent: number) => ({ time, spent_usd: spent.toFixed(6) });

const burn = {
  step_s: 3600,
  budget: { limit_usd: "10.000000" },
  points: [point("2026-03-01T00:00:00Z", 1), point("2026-03-02T00:00:00Z", 2)],
  forecast: {
    points: [point("2026-03-02T00:00:00Z", 2), point("2026-03-03T00:00:00Z", 3)],
  },
} as BudgetBurn;

test("the forecast begins where the past ends, under one limit", () => {
  const { timeline, lines } = burnChart(burn);
  expect(timeline.times).toHaveLength(3);
  expect(lines.map((line) => [line.label, line.values])).toEqual([
    ["spent", [1, 2, null]],
    ["expected", [null, 2, 3]],
    ["limit", [10, 10, 10]],
  ]);
});
