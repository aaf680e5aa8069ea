import { expect, test } from "vitest";
import { describe as describeRange, rangeParams, readRange } from "./timerange";

test("a known name is kept, nonsense is dropped", () => {
  expect(readRange({ range: "6h" })).toEqual({ range: "6h" });
  expect(readRange({ range: "toString" })).toEqual({});
  expect(readRange({ range: 6, from: "yesterday" })).toEqual({});
});

test("from and to win over a name and are brought to UTC", () => {
  const search = { range: "1h", from: "2026-03-04T10:00:00+02:00", to: "2026-03-04T09:00:00Z" };
  expect(readRange(search)).toEqual({
    from: "2026-03-04T08:00:00.000Z",
    to: "2026-03-04T09:00:00.000Z",
  });
});

test("a range that ends before it starts is no range", () => {
  expect(readRange({ from: "2026-03-04T10:00:00Z", to: "2026-03-04T09:00:00Z" })).toEqual({});
});

test("one end is enough", () => {
  expect(readRange({ from: "2026-03-04T10:00:00Z" })).toEqual({ from: "2026-03-04T10:00:00.000Z" });
  expect(readRange({ to: "2026-03-04T10:00:00Z" })).toEqual({ to: "2026-03-04T10:00:00.000Z" });
});

test("named ranges stay relative for the API", () => {
  expect(rangeParams({ range: "7d" })).toEqual({ from: "now-7d" });
  expect(rangeParams({}, "1h")).toEqual({ from: "now-1h" });
  expect(rangeParams({})).toEqual({});
  expect(rangeParams({ to: "2026-03-04T10:00:00.000Z" }, "1h")).toEqual({
    to: "2026-03-04T10:00:00.000Z",
  });
});

test("ranges are described in words", () => {
  expect(describeRange({ range: "24h" })).toBe("Last 24 hours");
  expect(describeRange({ from: "2026-03-04T10:00:00.000Z" })).toMatch(
    /^2026-03-0\d \d\d:00 → now$/,
  );
});
