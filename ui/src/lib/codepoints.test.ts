import { expect, test } from "vitest";
import { cutAround, indexer } from "./codepoints";

test("characters beyond the first plane count once", () => {
  expect(cutAround("😀😀 mail ada 🎉", 8, 11)).toEqual(["😀😀 mail ", "ada", " 🎉"]);
  expect(cutAround("请写信给 ada 𠮷", 5, 8)).toEqual(["请写信给 ", "ada", " 𠮷"]);
});

test("plain texts are cut where they are", () => {
  expect(cutAround("mail ada now", 5, 8)).toEqual(["mail ", "ada", " now"]);
  expect(indexer("مرحبا")(99)).toBe(5);
});

test("half a character counts as one, as in the API", () => {
  expect(cutAround("\ud83d ada 😀", 2, 5)).toEqual(["\ud83d ", "ada", " 😀"]);
});

test("an empty range lies where it begins", () => {
  expect(cutAround("😀ada", 1, 0)).toEqual(["😀", "", "ada"]);
});
