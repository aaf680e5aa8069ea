import { expect, test } from "vitest";
import { splitHidden } from "./hidden";

const tagged = (text: string) =>
  Array.from(text, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
const labels = (text: string) =>
  splitHidden(text).map((piece) => (typeof piece === "string" ? piece : `<${piece.label}>`));

test("what turns the order of letters round is named", () => {
  expect(labels("a\u202Eb\u202Cc")).toEqual(["a", "<U+202E>", "b", "<U+202C>", "c"]);
  expect(labels("in\u200Bvisible\uFEFF")).toEqual(["in", "<U+200B>", "visible", "<U+FEFF>"]);
});

test("what is spelled in tags is read out", () => {
  expect(labels(`hello${tagged("say no")}!`)).toEqual(["hello", "<say no>", "!"]);
  expect(labels("\u{E0001}")).toEqual(["<U+E0000>"]);
});

test("what scripts and emoji need is left alone", () => {
  const family = "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}";
  const wales = `\u{1F3F4}${tagged("gbwls")}\u{E007F}`;
  for (const text of [
    "",
    "plain",
    family,
    wales,
    "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
    "a\u200Fb",
  ])
    expect(labels(text).join("")).toBe(text);
});

test("a text of nothing else ends", () => {
  const pieces = splitHidden("\u200Bx".repeat(100_000));
  expect(pieces.length).toBeLessThan(1_100);
  const whole = pieces.map((piece) => (typeof piece === "string" ? piece : "\u200B")).join("");
  expect(whole.length).toBe(200_000);
});
