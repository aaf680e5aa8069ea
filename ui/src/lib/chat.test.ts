import { expect, test } from "vitest";
import type { Message, Part } from "@/api/model";
import { type ChatEntry, foldHistory, pairChat } from "./chat";

const call = (id: string, name: string): Part => ({ type: "tool_call", id, name, arguments: {} });
const result = (id: string, value: unknown): Part => ({
  type: "tool_call_response",
  id,
  result: value,
});
const text = (content: string): Part => ({ type: "text", content });
const message = (role: string, ...parts: Part[]): Message => ({ role, parts });

function tools(entries: ChatEntry[]) {
  return entries.flatMap((entry) =>
    entry.parts.flatMap((part) =>
      part.type === "tool" ? [[part.call?.name ?? null, part.result?.value ?? null]] : [],
    ),
  );
}

test("results stand with the calls of their id, whatever the order", () => {
  const entries = pairChat(
    [
      message("user", text("Where?")),
      message("assistant", call("1", "find"), call("2", "move")),
      message("tool", result("2", "moved")),
      message("tool", result("1", "Leipzig")),
    ],
    [message("assistant", text("In Leipzig."))],
  );
  expect(tools(entries)).toEqual([
    ["find", "Leipzig"],
    ["move", "moved"],
  ]);
  expect(entries.map((entry) => entry.role)).toEqual(["user", "assistant", "assistant"]);
});

test("an id that is used again answers the latest call", () => {
  const entries = pairChat(
    [
      message("assistant", call("1", "first")),
      message("tool", result("1", "a")),
      message("assistant", call("1", "second")),
      message("tool", result("1", "b")),
    ],
    null,
  );
  expect(tools(entries)).toEqual([
    ["first", "a"],
    ["second", "b"],
  ]);
});

test("results without an id answer the calls in order", () => {
  const entries = pairChat(
    [
      message("assistant", call("", "a"), call("", "b")),
      message("tool", result("", 1), result("", 2)),
    ],
    null,
  );
  expect(tools(entries)).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
});

test("a result without its call is shown alone, a call without result waits", () => {
  const entries = pairChat(
    [message("tool", result("x", 1))],
    [message("assistant", call("y", "z"))],
  );
  expect(tools(entries)).toEqual([
    [null, 1],
    ["z", null],
  ]);
});

test("a tool message that also says something stays", () => {
  const entries = pairChat(
    [message("assistant", call("1", "f")), message("tool", result("1", 1), text("note"))],
    null,
  );
  expect(entries.map((entry) => entry.role)).toEqual(["assistant", "tool"]);
});

test("plain text counts as one message of its side", () => {
  const entries = pairChat("Say hi", "hi");
  expect(entries.map((entry) => [entry.role, entry.isOutput])).toEqual([
    ["user", false],
    ["assistant", true],
  ]);
  expect(pairChat(null, "")).toEqual([]);
});

test("an empty message is not hidden", () => {
  expect(pairChat([{ role: "assistant" }], null)).toHaveLength(1);
});

test("a long history is folded between the first message and the latest", () => {
  const input = Array.from({ length: 20 }, (_, index) => message("user", text(String(index))));
  const entries = pairChat(input, [message("assistant", text("done"))]);
  const keys = foldHistory(entries).map((entry) => entry.key);
  expect(keys).toHaveLength(8);
  expect([keys[0], keys[1], keys.at(-1)]).toEqual(["in-0", "in-14", "out-20"]);
  expect(foldHistory(entries.slice(0, 8))).toHaveLength(8);
});
