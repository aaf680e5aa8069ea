import { expect, test } from "vitest";
import { activeFilters, filterParams, ofWholeTraces, readFilters, withoutFilter } from "./filters";

test("strings from the URL become typed filters", () => {
  const search = {
    model: "gpt-5-mini",
    status: "error",
    min_cost: "0.5",
    min_latency_ms: "1500",
    q: "parcel",
    range: "24h",
  };
  expect(readFilters(search)).toEqual({
    range: "24h",
    model: "gpt-5-mini",
    status: "error",
    min_cost: 0.5,
    min_latency_ms: 1500,
    q: "parcel",
  });
});

test("what means nothing is left out", () => {
  const search = {
    status: "maybe",
    min_cost: "-1",
    min_latency_ms: "soon",
    model: "  ",
    other: "x",
  };
  expect(readFilters(search)).toEqual({});
});

test("ids that look like numbers stay ids", () => {
  expect(readFilters({ session: 123 })).toEqual({ session: "123" });
});

test("API parameters are decimal strings without exponents", () => {
  expect(filterParams({ min_cost: 1e-7, min_latency_ms: 20 })).toEqual({
    min_cost: "0.0000001",
    min_latency_ms: "20",
  });
});

test("URL and API parameters round-trip", () => {
  const filters = readFilters({ user: "ada@example.org", tag: "日本", range: "7d" });
  expect(filterParams(filters)).toEqual({ user: "ada@example.org", tag: "日本", from: "now-7d" });
  expect(readFilters(Object.fromEntries(Object.entries(filters)))).toEqual(filters);
});

test("each active filter can be taken away alone", () => {
  const filters = readFilters({ status: "ok", model: "m", range: "1h" });
  expect(activeFilters(filters).map((filter) => filter.name)).toEqual(["status", "model"]);
  expect(withoutFilter(filters, "model")).toEqual({ status: "ok", range: "1h" });
});

test("counts beside the list are of the traces that it shows", () => {
  expect(ofWholeTraces({ model: "gpt-4o" })).toEqual({ model: "gpt-4o" });
  const filters = { status: "error", user: "ada", min_cost: 0.5, min_latency_ms: 20 } as const;
  expect(ofWholeTraces({ ...filters, filter: "kind:llm or kind:tool" })).toEqual({
    user: "ada",
    filter: "(kind:llm or kind:tool) trace.status:error trace.cost >= 0.5 trace.duration >= 20ms",
  });
});
