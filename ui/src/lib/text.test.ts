import { expect, test } from "vitest";
import { cut, middle, parseJson, pretty } from "./text";

test("a cut never halves a character", () => {
  expect(cut("ab😀cd", 3)).toBe("ab");
  expect(cut("ab😀cd", 4)).toBe("ab😀");
});

test("JSON is parsed, anything else stays text", () => {
  expect(parseJson('{"a":1}')).toEqual({ a: 1 });
  expect(parseJson("data: {}")).toBe("data: {}");
});

test("text is pretty as it is", () => {
  expect(pretty("plain")).toBe("plain");
  expect(pretty({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(pretty(undefined)).toBe("");
});

test("a long id keeps both its ends", () => {
  expect(middle("demo-40749e-145", 12)).toBe("demo…49e-145");
  expect(middle("short", 12)).toBe("short");
});
