import { expect, test } from "vitest";
import { splitCode } from "./fences";

const short = (text: string) =>
  splitCode(text).map(({ text: said, isCode, language }) =>
    isCode ? `[${language}|${said}]` : said,
  );

test("code stands between fences", () => {
  expect(short("Try this:\n```python\nx = 1\n\ny = 2\n```\nDone.")).toEqual([
    "Try this:",
    "[python|x = 1\n\ny = 2]",
    "Done.",
  ]);
  expect(short("~~~\na ``` b\n~~~")).toEqual(["[|a ``` b]"]);
  expect(short("````md\n```js\n1\n```\n````")).toEqual(["[md|```js\n1\n```]"]);
});

test("code that breaks off goes on to the end", () => {
  expect(short("```c++\nint x")).toEqual(["[c++|int x]"]);
  expect(short("```")).toEqual(["[|]"]);
});

test("other text stays as it is", () => {
  for (const text of ["", "plain\n\ntext", "a ```not a fence``` b", "    ```\nindented"])
    expect(short(text)).toEqual([text]);
});

test("a text of fences alone takes no time of note", () => {
  expect(splitCode("```\n~~~\n".repeat(50_000)).length).toBeGreaterThan(1);
});
