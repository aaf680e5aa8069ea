import { expect, test } from "vitest";
import type { BudgetUsage } from "@/api/model";
import { actionText, budgetText, fillOf, limitsText } from "./words";

const budget: BudgetUsage = {
  limit_usd: "10.000000",
  spent_usd: "5.000000",
  reserved_usd: "1.000000",
  window: "1d",
  action: "reroute",
  reroute_to: "small",
  soft: [0.8, 0.6],
  timezone: "UTC",
  resets_at: null,
};

test("a budget in words", () => {
  expect(budgetText(budget)).toBe("$10.00 a day");
  expect(actionText(budget)).toBe("then small answers");
});

test("a budget is within, nearly spent from its first threshold on, or spent", () => {
  expect(fillOf(budget)).toEqual({ share: 0.5, held: 0.1, tone: "good", word: "within" });
  expect(fillOf({ ...budget, spent_usd: "6.000000" }).tone).toBe("warn");
  expect(fillOf({ ...budget, spent_usd: "12.000000" }).tone).toBe("bad");
});

test("a budget of nothing is spent", () => {
  expect(fillOf({ ...budget, limit_usd: "0.000000", spent_usd: "0.000000" }).tone).toBe("bad");
});

test("only what is limited is told", () => {
  const limits = { rpm: 60, tpm: null, concurrency: null, usd_per_minute: "0.500000" };
  expect(limitsText(limits)).toEqual(["60 requests/min", "$0.50/min"]);
});
