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

test("when it runs", () => {
  expect(whenOf(seen.probe)).toBe("every 60 minutes");
  expect(whenOf({ ...seen.probe, cron: "0 * * * *" })).toBe("at 0 * * * * (UTC)");
});
