import { expect, test } from "vitest";
import type { Attempt } from "@/api/model";
import { deedsOf, fateOf, roleOf } from "./attempts";

const START = "2026-03-04T10:00:00.000000Z";

function attempt(provider: string, fromMs: number, forMs: number, error = ""): Attempt {
  return {
    provider,
    model: "m",
    start_time: new Date(Date.parse(START) + fromMs).toISOString(),
    duration_ms: forMs,
    status: 200,
    error: error || null,
    first_byte_ms: null,
    provider_request_id: null,
  };
}

function roles(attempts: Attempt[], attributes: Record<string, unknown> = {}) {
  const span = { start_time: START, attempts, attributes };
  return attempts.map((_, index) => roleOf(span, index).role);
}

test("attempts say why they were made", () => {
  expect(roles([attempt("a", 0, 10)])).toEqual(["first"]);
  expect(roles([attempt("a", 0, 10, "http_503"), attempt("a", 60, 10)])).toEqual([
    "first",
    "retry",
  ]);
  expect(roles([attempt("a", 0, 10, "http_503"), attempt("b", 11, 10)])).toEqual([
    "first",
    "fallback",
  ]);
  expect(roles([attempt("a", 0, 900, "hedged"), attempt("b", 300, 100)])).toEqual([
    "first",
    "hedge",
  ]);
  const spliced = { "vedette.splice.mode": "continue" };
  expect(roles([attempt("a", 0, 10, "cut"), attempt("b", 11, 9)], spliced)).toEqual([
    "first",
    "continuation",
  ]);
});

test("an attempt that lost a race has not failed", () => {
  expect(fateOf(attempt("a", 0, 1))).toBe("answered");
  expect(fateOf(attempt("a", 0, 1, "http_503"))).toBe("failed");
  expect(fateOf(attempt("a", 0, 1, "slower_than_another"))).toBe("left");
  expect(fateOf(attempt("a", 0, 1, "guard_blocked"))).toBe("left");
});

test("an answer that nobody touched has nothing to tell", () => {
  expect(deedsOf({ attributes: { "vedette.attempts": 1 } })).toEqual([]);
});

test("what was done on the way is told", () => {
  const deeds = deedsOf({
    attributes: {
      "vedette.provider.dialect": "anthropic",
      "vedette.dropped": "seed,user",
      "vedette.splice.mode": "continue",
      "vedette.splice.reason": "idle_timeout",
      "vedette.splice.at_characters": "1234",
      "vedette.splice.targets": "a/m -> b/n",
    },
  });
  expect(deeds.map((deed) => deed.label)).toEqual(["translated", "dropped", "spliced"]);
  expect(deeds[1]?.text).toContain("seed, user");
  expect(deeds[2]?.text).toBe(
    "The answer broke off after 1,234 characters and was gone on with, from a/m to b/n (idle_timeout).",
  );
});

test("a second answer that differed is not kept quiet", () => {
  const [deed] = deedsOf({
    attributes: { "vedette.splice.mode": "restart", "vedette.splice.diverged": "true" },
  });
  expect(deed?.text).toContain("given anew");
  expect(deed?.text).toContain("differed");
});
