import { expect, test } from "vitest";
import { paramsOf, readDriftSearch } from "./search";

test("only what is known stands in the address", () => {
  expect(readDriftSearch({ tab: "compare", model: "m", colour: "red" })).toEqual({
    tab: "compare",
    model: "m",
  });
  expect(readDriftSearch({ tab: "watch", from: 3 })).toEqual({});
});

test("a comparison needs an earlier period or another model", () => {
  expect(paramsOf({ model: "m" })).toBeNull();
  expect(paramsOf({ model: "m", other: "n" })).toMatchObject({ model: "m", before_model: "n" });
  expect(paramsOf({ from: "now-1d", before: "now-8d", until: "now-7d" })).toMatchObject({
    from: "now-1d",
    before_from: "now-8d",
    before_to: "now-7d",
  });
});
