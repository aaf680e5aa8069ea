import { expect, test } from "vitest";
import { filtersOf, readSpendSearch, stepOf, usageParams } from "./search";

test("what is no dimension is left out", () => {
  expect(readSpendSearch({ by: "colour", range: "7d", user: "ann", tag: 3 })).toEqual({
    range: "7d",
    user: "ann",
  });
  expect(readSpendSearch({ by: "model" })).toEqual({});
});

test("filters go to the API with the range", () => {
  const search = readSpendSearch({ by: "key", project: "p", range: "24h" });
  expect(filtersOf(search)).toEqual([["project", "p"]]);
  expect(usageParams(search)).toEqual({ from: "now-24h", project: "p" });
  expect(usageParams({})).toEqual({ from: "now-30d" });
});

test("short ranges are drawn by the hour", () => {
  const now = Date.parse("2026-03-04T00:00:00Z");
  expect(stepOf({ range: "24h" }, now)).toBe("hour");
  expect(stepOf({}, now)).toBe("day");
  expect(stepOf({ from: "2026-03-02T00:00:00Z" }, now)).toBe("hour");
  expect(stepOf({ to: "2026-03-02T00:00:00Z" }, now)).toBe("day");
});
