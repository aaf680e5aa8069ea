import { expect, test } from "vitest";
import { sideOf } from "./words";

test("medians are short, classes come with their shares, the largest first", () => {
  expect(sideOf(12.34567)).toBe("12.35");
  expect(sideOf({ no: 0.25, yes: 0.7, "": 0.05 })).toBe("yes 70 %, no 25 %");
});
