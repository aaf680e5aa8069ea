import { expect, test } from "vitest";
import { stacked } from "./stacking";

const LINES = [
  { label: "a", token: "--bad", values: [1, 2] },
  { label: "b", token: "--warn", values: [10, null] },
  { label: "c", token: "--ok", values: [100, 0] },
];

test("lines stand on each other, the last at the bottom", () => {
  expect(stacked(LINES)).toEqual([
    [111, 2],
    [110, 0],
    [100, 0],
  ]);
});

test("what is hidden leaves no gap", () => {
  expect(stacked(LINES, new Set(["b"]))[0]).toEqual([101, 2]);
});
