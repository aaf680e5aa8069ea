import { expect, test } from "vitest";
import type { RouteBody } from "@/api/model";
import { bodyOf, draftOf, errorOf, NO_CONDITION, newDraft } from "./draft";

const FULL: RouteBody = {
  model: "team/best",
  strategy: "conditional",
  retries: 4,
  on_break: "continue",
  cooldown_s: 2.5,
  hedge_after_s: 1.5,
  sticky: "user",
  on_context_window: "next",
  on_content_filter: "next",
  capture: "hash",
  timeouts: {
    connect_s: 1,
    first_byte_s: 2,
    first_token_s: 3,
    idle_s: 4,
    total_s: 5,
    websocket_idle_s: 6,
    websocket_total_s: 7,
  },
  targets: [
    {
      provider: "a",
      model: "m",
      weight: 0.5,
      when: {
        model: ["gpt-*", "o1"],
        tags: ["vip"],
        capability: ["tools", "stream"],
        min_input_tokens: 10,
        max_input_tokens: 20,
      },
    },
    { provider: "b", model: "", weight: 1, when: null },
  ],
};

test("a route survives the way through the editor", () => {
  expect(bodyOf(draftOf(FULL))).toEqual(FULL);
});

test("what is left open becomes the default", () => {
  const body = bodyOf(draftOf({ model: "m", targets: [{ provider: "a" }] }));
  expect(body).toMatchObject({ strategy: "fallback", retries: 2, cooldown_s: 10, sticky: null });
  expect(bodyOf({ ...newDraft("a"), retries: " " }).retries).toBe(2);
});

test("a comma is a decimal point, and what is no number is left to the server", () => {
  const draft = { ...newDraft("a"), cooldown_s: "2,5", hedge_after_s: "soon" };
  expect(bodyOf(draft).cooldown_s).toBe(2.5);
  expect(bodyOf(draft).hedge_after_s).toBe("soon");
});

test("an empty condition holds for any call", () => {
  const draft = newDraft("a");
  draft.targets[0] = { ...draft.targets[0], when: NO_CONDITION } as (typeof draft.targets)[0];
  expect(bodyOf(draft).targets[0]?.when).toEqual({
    min_input_tokens: null,
    max_input_tokens: null,
  });
});

test("an error finds its field", () => {
  const errors = [
    { name: "targets[1].when.capability[0]", expected: "tools or images" },
    { name: "model", expected: "a model name" },
  ];
  expect(errorOf(errors, "targets[1].when.capability")).toBe("tools or images");
  expect(errorOf(errors, "model")).toBe("a model name");
  expect(errorOf(errors, "targets[0].weight")).toBeUndefined();
});

test("every target has a key of its own", () => {
  const keys = draftOf(FULL).targets.map((target) => target.key);
  expect(new Set(keys).size).toBe(2);
});
