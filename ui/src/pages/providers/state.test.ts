import { expect, test } from "vitest";
import type { Provider } from "@/api/model";
import { keyOf, restingOf, stateOf } from "./state";

const PROVIDER: Provider = { name: "a", kind: "openai", base_url: "http://a/v1", has_key: true };
const EARLY = "2026-03-04T10:00:00.000000Z";
const LATE = "2026-03-04T11:00:00.000000Z";

const target = (state: "open" | "closed" | "unknown") => ({ provider: "a", model: state, state });

test("what came last counts", () => {
  expect(stateOf(PROVIDER)).toBe("not used yet");
  expect(stateOf({ ...PROVIDER, last_success_time: LATE, last_error_time: EARLY })).toBe("working");
  expect(stateOf({ ...PROVIDER, last_success_time: EARLY, last_error_time: LATE })).toBe("failing");
});

test("one error does not make a provider fail whose targets are healthy", () => {
  const targets = [target("closed")];
  const erred = { ...PROVIDER, targets, last_error_time: LATE };
  expect(stateOf({ ...erred, last_success_time: EARLY })).toBe("working");
  expect(stateOf(erred)).toBe("failing");
});

test("a provider rests when all of its targets do", () => {
  const targets = [target("open"), target("unknown")];
  expect(stateOf({ ...PROVIDER, targets, last_success_time: LATE })).toBe("resting");
  const one = [target("open"), target("closed")];
  expect(stateOf({ ...PROVIDER, targets: one, last_success_time: LATE })).toBe("working");
});

test("some resting targets are counted", () => {
  expect(restingOf(PROVIDER)).toBeNull();
  expect(restingOf({ ...PROVIDER, targets: [target("open")] })).toBeNull();
  const targets = [target("open"), target("closed"), target("unknown")];
  expect(restingOf({ ...PROVIDER, targets })).toBe("1 of 3 targets rests");
});

test("it is said whose key is used", () => {
  expect(keyOf(PROVIDER)).toBe("own key");
  expect(keyOf({ ...PROVIDER, has_key: false })).toBe("forwards the client's key");
  expect(keyOf({ ...PROVIDER, has_key: false, simulated: true })).toBe("needs no key");
});
