import { expect, test } from "vitest";
import { purgeBody } from "./PurgeDialog";

test("only what is set is asked for, nothing set is everything", () => {
  const nothing = { project: "", model: "", tag: " ", key: "" };
  expect(purgeBody(nothing)).toEqual({ everything: true });
  expect(purgeBody({ ...nothing, model: " gpt-5 " })).toEqual({ model: "gpt-5" });
});
