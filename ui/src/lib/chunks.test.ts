import { expect, test } from "vitest";
import { isNotFetched } from "./chunks";

test.each([
  "Unable to preload CSS for http://127.0.0.1:4001/assets/TracePage-BfOZaxAk.css",
  "Failed to fetch dynamically imported module: http://127.0.0.1:4001/assets/a.js",
  "error loading dynamically imported module: http://127.0.0.1:4001/assets/a.js",
  "Importing a module script failed.",
])("code that did not come: %s", (message) => {
  expect(isNotFetched(new TypeError(message))).toBe(true);
});

test("other errors are errors of the page", () => {
  expect(isNotFetched(new TypeError("undefined is not a function"))).toBe(false);
  expect(isNotFetched("text")).toBe(false);
});
