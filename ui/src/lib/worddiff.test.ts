import { expect, it } from "vitest";
import { diffWords } from "@/lib/worddiff";

it("tells words that are gone and new", () => {
  expect(diffWords("the red house", "the blue house")).toEqual([
    { type: "same", text: "the " },
    { type: "gone", text: "red" },
    { type: "new", text: "blue" },
    { type: "same", text: " house" },
  ]);
  expect(diffWords("", "")).toEqual([]);
});
