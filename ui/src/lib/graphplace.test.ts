import { expect, test } from "vitest";
import { placing } from "./graphplace";

const chain = Array.from({ length: 6 }, (_, layer) => ({ layer, row: 0 }));
const fan = [{ layer: 0, row: 0 }, ...Array.from({ length: 8 }, (_, row) => ({ layer: 1, row }))];
const tall = { width: 460, height: 640 };
const wide = { width: 1_200, height: 300 };

test("many side by side are stacked in a tall box", () => {
  const { isAcross, at, scale } = placing(fan, tall);
  expect(isAcross).toBe(true);
  expect(at({ layer: 1, row: 2 }).x).toBeGreaterThan(at({ layer: 0, row: 2 }).x);
  expect(at({ layer: 1, row: 2 }).y).toBe(at({ layer: 0, row: 2 }).y);
  expect(scale).toBeGreaterThan(0.8);
});

test("one after another goes down in a tall box, and to the right in a wide one", () => {
  expect(placing(chain, tall).isAcross).toBe(false);
  expect(placing(chain, wide).isAcross).toBe(true);
});

test("without nodes or a box there is still a place", () => {
  expect(placing([], { width: 0, height: 0 }).at({ layer: 0, row: 0 })).toEqual({ x: 0, y: 0 });
});
