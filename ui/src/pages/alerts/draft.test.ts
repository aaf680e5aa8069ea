import { expect, test } from "vitest";
import { draftOf, errorOf, NEW, ruleOf, wordsOf } from "./draft";
import { readAlertsSearch } from "./search";

test("a rule that is opened and kept is the same, with fields that the form does not show", () => {
  const rule = {
    ...ruleOf({ ...NEW, name: "errors", channels: ["hook"] }),
    unless: ["outage"],
    labels: { team: "ml" },
  };
  expect(ruleOf(draftOf(rule))).toEqual(rule);
});

test("minutes become seconds, and decimal commas are understood", () => {
  const rule = ruleOf({ ...NEW, name: " a ", windowMinutes: "60", value: "2,5" });
  expect(rule).toMatchObject({ name: "a", window_s: 3600, value: 2.5 });
});

test("absence and events have no metric", () => {
  expect(ruleOf({ ...NEW, kind: "absence" })).toMatchObject({ metric: "", value: 0 });
  expect(ruleOf({ ...NEW, kind: "event", subject: "drift" })).toMatchObject({ subject: "drift" });
  expect(ruleOf({ ...NEW, kind: "event" })).toMatchObject({ subject: null });
});

test("rules in words", () => {
  expect(wordsOf(ruleOf(NEW))).toBe("error_rate > 5 % in 5 min");
  expect(wordsOf(ruleOf({ ...NEW, kind: "absence", by: "model" }))).toBe(
    "no calls, each model in 5 min",
  );
  expect(wordsOf(ruleOf({ ...NEW, kind: "event", subject: "drift" }))).toBe("what drift reports");
  expect(wordsOf(ruleOf({ ...NEW, metric: "latency_p95_ms", value: "900" }))).toBe(
    "latency_p95_ms > 900 ms in 5 min",
  );
  expect(wordsOf(ruleOf({ ...NEW, metric: "requests", value: "9" }))).toBe("requests > 9 in 5 min");
  expect(wordsOf(ruleOf({ ...NEW, kind: "change" }))).toBe("change of error_rate > 5 % in 5 min");
});

test("errors are found by field, inner ones too", () => {
  const errors = [{ name: "quiet.start", expected: "a time" }];
  expect(errorOf(errors, "quiet")).toBe("a time");
  expect(errorOf(errors, "name")).toBeUndefined();
});

test("only known tabs stand in the address", () => {
  expect(readAlertsSearch({ tab: "rules" })).toEqual({ tab: "rules" });
  expect(readAlertsSearch({ tab: "open" })).toEqual({});
  expect(readAlertsSearch({ tab: "<x>" })).toEqual({});
});
