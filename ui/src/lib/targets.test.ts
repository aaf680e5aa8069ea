import { expect, test } from "vitest";
import { quotaText, type StateSpan, stateText, stripOf, timeIn } from "./targets";

const at = (minute: number) => `2026-03-04T10:${String(minute).padStart(2, "0")}:00.000000Z`;
const span = (state: StateSpan["state"], from: number, to: number): StateSpan => ({
  state,
  start_time: at(from),
  end_time: at(to),
});

test("a resting target says for how long", () => {
  expect(stateText({ state: "open", cooldown_left_s: 7.2 })).toBe("resting 8 s");
  expect(stateText({ state: "open", cooldown_left_s: null })).toBe("resting");
  expect(stateText({ state: "closed", cooldown_left_s: 7 })).toBe("healthy");
  expect(stateText({})).toBe("not asked yet");
});

test("a strip has the shares of the time and cuts off what lies outside", () => {
  const parts = stripOf(
    [span("closed", 0, 20), span("open", 20, 30), span("closed", 30, 59)],
    new Date(at(10)),
    new Date(at(50)),
  );
  expect(parts.map(({ state, left, width }) => [state, left, width])).toEqual([
    ["closed", 0, 0.25],
    ["open", 0.25, 0.25],
    ["closed", 0.5, 0.5],
  ]);
  expect(parts[1]?.title).toBe("resting for 10 m 00 s");
  expect(stripOf([span("open", 0, 5)], new Date(at(10)), new Date(at(50)))).toEqual([]);
});

test("time in a state adds up", () => {
  const timeline = [span("open", 0, 5), span("closed", 5, 10), span("open", 10, 12)];
  expect(timeIn(timeline, "open")).toBe(7 * 60_000);
  expect(timeIn(timeline, "half_open")).toBe(0);
});

test("what is left of a provider's limit is that of its best key", () => {
  expect(quotaText([])).toBe("");
  const spent = { left: 0, rests_s: 2.1 };
  expect(quotaText([spent])).toBe("provider's limit used up for 3 s");
  expect(quotaText([spent, { left: 0.25, rests_s: 0 }])).toMatch(/^25.* of the provider's limit/);
});
