import { expect, test } from "vitest";
import { bucketsOf, cacheReadOf, searchesOf } from "./usage";

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
