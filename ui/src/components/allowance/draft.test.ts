import { expect, test } from "vitest";
import { allowanceBody, allowanceDraft, fieldError, newBudget, shortUsd } from "./draft";

const given = {
  budgets: [
    {
      limit_usd: "12.500000",
      window: "month" as const,
      action: "reroute" as const,
      reroute_to: "small",
      soft: [0.8, 0.95],
      timezone: "Europe/Berlin",
    },
  ],
  limits: { rpm: 60, tpm: null, concurrency: 4, usd_per_minute: "0.250000" },
  on_failure: "closed" as const,
};

test("what was read is sent as it was", () => {
  expect(allowanceBody(allowanceDraft(given))).toEqual({
    ...given,
    budgets: [{ ...given.budgets[0], limit_usd: "12.5" }],
    limits: { ...given.limits, usd_per_minute: "0.25" },
  });
});

test("nothing typed is no limit", () => {
  expect(allowanceBody(allowanceDraft())).toEqual({
    budgets: [],
    limits: { rpm: null, tpm: null, concurrency: null, usd_per_minute: null },
    on_failure: "open",
  });
});

test("money keeps every digit, and what is no number is left to the server", () => {
  const budget = { ...newBudget(), limit_usd: " $1000000.000000001 ", soft: "50 90%" };
  const body = allowanceBody({
    ...allowanceDraft(),
    budgets: [budget],
    rpm: "many",
    tpm: "10 000",
  });
  expect(body.budgets[0]?.limit_usd).toBe("1000000.000000001");
  expect(body.budgets[0]?.soft).toEqual([0.5, 0.9]);
  expect(body.limits.rpm).toBe("many");
  expect(body.limits.tpm).toBe(10_000);
});

test("sums lose their empty digits only", () => {
  expect(["5.000000", "0.000000", "100.000000", "0.100000"].map(shortUsd)).toEqual([
    "5",
    "0",
    "100",
    "0.1",
  ]);
});

test("an error is found by its field", () => {
  const errors = [{ name: "budgets[1].limit_usd", expected: "an amount" }];
  expect(fieldError(errors, "budgets[1].limit_usd")).toBe("an amount");
  expect(fieldError(errors, "budgets")).toBe("an amount");
  expect(fieldError(errors, "limits")).toBeUndefined();
});
