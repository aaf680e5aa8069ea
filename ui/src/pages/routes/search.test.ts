import { expect, test } from "vitest";
import { questionOf, readEdited, readQuestion, usesOf } from "./search";

test("what is no parameter of a question is left out", () => {
  expect(readQuestion({ model: "fast", client: "telepathy", x: "1", priority: "high" })).toEqual({
    model: "fast",
  });
  expect(readQuestion({ model: "", client: "gemini", priority: "batch" })).toEqual({
    client: "gemini",
    priority: "batch",
  });
  expect(readEdited({ model: "team/best" })).toEqual({ model: "team/best" });
  expect(readEdited({ model: "" })).toEqual({});
});

test("without a model there is no question", () => {
  expect(questionOf({})).toBeNull();
  expect(questionOf({ model: "  " })).toBeNull();
});

test("a question is complete", () => {
  expect(
    questionOf({ model: "fast", uses: "stream,tools,flying", tags: " a, b ,", tokens: "5000" }),
  ).toEqual({
    model: "fast",
    client: "openai_chat",
    capabilities: ["tools", "stream"],
    stream: true,
    tags: ["a", "b"],
    session: "",
    user: "",
    input_tokens: 5000,
    priority: "interactive",
  });
  expect(questionOf({ model: "m", tokens: "many" })?.input_tokens).toBe(100);
  expect(usesOf({})).toEqual([]);
});
