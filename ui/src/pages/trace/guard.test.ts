import { describe, expect, it } from "vitest";
import { guardRows } from "./guard";

describe("what the guard did", () => {
  it("says nothing where it did not look", () => {
    expect(guardRows({ "gen_ai.request.model": "m" })).toEqual([]);
  });

  it("tells the rule, the remedy and what it cost", () => {
    const rows = guardRows({
      "vedette.guard.policy": "careful",
      "vedette.guard.action": "reask",
      "vedette.guard.latency_ms": "1.234",
      "vedette.guard.calls": "1",
      "vedette.guard.calls_cost_nano_usd": "0",
      "vedette.guard.remedies": JSON.stringify([
        { rule: "no-rivals", action: "reask", outcome: "done", before: "ab", after: "cd" },
      ]),
    });
    expect(Object.fromEntries(rows)).toEqual({
      Policy: "careful",
      Action: "reask",
      Remedies: "reask (no-rivals): done",
      "Calls made for it": "1",
      Took: "1.2 ms",
    });
  });

  it("is not put off by what it cannot read", () => {
    expect(guardRows({ "vedette.guard.remedies": "{", "vedette.guard.policy": 7 })).toEqual([]);
  });
});
