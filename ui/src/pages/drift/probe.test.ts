import { expect, test } from "vitest";
import type { ProbeKept } from "@/api/model";
import { draftOf, NEW_PROBE, probeOf, whenOf } from "./probe";

const seen = {
  probe: {
    name: "capital",
    models: ["m", "n"],
    prompt: "?",
    parameters: { temperature: 0 },
    expect: { contains: ["Paris"], refusal: false, max_tokens: 9 },
  },
} as unknown as ProbeKept;

test("what the form does not show stays as it was", () => {
  const made = probeOf({ ...draftOf(seen), samples: "3" }, seen);
  expect(made).toMatchObject({ samples: 3, parameters: { temperature: 0 }, models: ["m", "n"] });
  expect(made.expect).toMatchObject({ contains: ["Paris"], refusal: false, max_tokens: 9 });
});

test("empty fields ask nothing", () => {
  const made = probeOf({ ...NEW_PROBE, name: " a ", models: "m, ,n" }, undefined);
  expect(made.name).toBe("a");
  expect(made.models).toEqual(["m", "n"]);
  expect(made.expect).toMatchObject({ refusal: null, max_latency_ms: null, contains: [] });
});

test("all that can be expected is read and written", () => {
  const expect_ = {
    contains: ["a"],
    lacks: ["b"],
    exact: "c",
    regex: "d",
    format: "json",
    json_schema: { type: "object" },
    refusal: true,
    max_latency_ms: 5,
    max_tokens: 6,
    like_baseline: "lexical" as const,
    least_similarity: 0.7,
    least_consistency: 0.8,
  };
  const kept = {
    probe: { ...seen.probe, expect: expect_, messages: [{ role: "user", content: "?" }] },
  } as unknown as ProbeKept;
  const made = probeOf(draftOf(kept), undefined);
  expect(made.expect).toEqual(expect_);
  expect(made.messages).toEqual([{ role: "user", content: "?" }]);
  expect(made.parameters).toEqual({ temperature: 0 });
});

test("what cannot be read goes to the server, which says what it needs", () => {
  const made = probeOf({ ...NEW_PROBE, schema: "{", maxTokens: "few" }, undefined);
  expect([made.expect?.json_schema, made.expect?.max_tokens]).toEqual(["{", "few"]);
});

test("when it runs", () => {
  expect(whenOf(seen.probe)).toBe("every 60 minutes");
  expect(whenOf({ ...seen.probe, cron: "0 * * * *" })).toBe("at 0 * * * * (UTC)");
});
