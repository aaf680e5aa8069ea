import { expect, test } from "vitest";
import type { Usage } from "@/api/model";
import { bucketsOf, cacheReadOf, costSource, searchesOf } from "./usage";

test("only buckets that hold something are told, input first", () => {
  const found = bucketsOf({ output_text: 3, cache_read_audio: 2, input_uncached: 1 });
  expect(found.map(({ label, tokens, side }) => [label, tokens, side])).toEqual([
    ["uncached", 1, "input"],
    ["audio from cache", 2, "input"],
    ["text", 3, "output"],
  ]);
});

test("searches are told where there were some", () => {
  expect(searchesOf({ web_searches: 2, file_searches: 0 })).toEqual([["Web searches", 2]]);
});

test("what was read from caches is counted together", () => {
  expect(cacheReadOf({ cache_read: 1, cache_read_audio: 2, cache_read_image: 4 })).toBe(7);
});

test("a call without tokens is not said to lack a price", () => {
  const usage = { input_total: 0, output_total: 0 } as Usage;
  const failed = { usage, cost_usd: null, cost_source: "unknown" } as const;
  expect(costSource(failed)).toBe("no tokens to price");
  expect(costSource({ ...failed, usage: { ...usage, input_total: 7 } })).toBe("no price known");
  expect(costSource({ ...failed, cost_usd: "0", cost_source: "reported" })).toBe(
    "reported by the provider",
  );
});
