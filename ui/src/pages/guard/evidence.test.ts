import { describe, expect, it } from "vitest";
import { asksOthers, comparedBy, evidenceOf, faultsOf, firstPlace, NO_EVIDENCE } from "./evidence";

const rule = (detector: string, more = {}) => ({ name: detector, detector, ...more });
const policy = (...rules: ReturnType<typeof rule>[]) => ({ name: "p", rules });

describe("what is known beside a text", () => {
  it("is what the rules of the policy compare with", () => {
    expect(comparedBy(policy(rule("pii")))).toEqual([]);
    expect(comparedBy(policy(rule("citation"), rule("leak"), rule("relevance")))).toEqual([
      "system_prompt",
      "canaries",
      "question",
      "sources",
    ]);
  });

  it("goes out in lists and JSON, without what is not asked for", () => {
    const draft = {
      ...NO_EVIDENCE,
      canaries: "one\n\n two ",
      sources: "a\nb\n\nc",
      schema: '{"type": "object"}',
      question: "unasked",
    };
    expect(evidenceOf(draft, ["canaries", "sources", "schema", "system_prompt"])).toEqual({
      canaries: ["one", "two"],
      sources: ["a\nb", "c"],
      schema: { type: "object" },
    });
  });

  it("says what is no JSON, and leaves it out", () => {
    const draft = { ...NO_EVIDENCE, schema: "{", tools: "[1]" };
    expect(Object.keys(faultsOf(draft))).toEqual(["schema", "tools"]);
    expect(evidenceOf(draft, ["schema", "tools"])).toEqual({});
  });
});

describe("a policy that is tried", () => {
  it("looks at answers where it looks at nothing else", () => {
    expect(firstPlace(policy(rule("leak", { where: ["output"] })))).toBe("output");
    expect(firstPlace(policy(rule("leak", { where: ["output"] }), rule("pii")))).toBe("input");
    expect(firstPlace({ name: "p" })).toBe("input");
  });

  it("asks others by its detectors, their models or a judge", () => {
    expect(asksOthers(policy(rule("pii"), rule("relevance")))).toBe(false);
    expect(asksOthers(policy(rule("relevance", { options: { model: "a/b" } })))).toBe(true);
    expect(asksOthers(policy(rule("pii", { actions: [{ kind: "escalate" }] })))).toBe(true);
    expect(asksOthers(policy(rule("judge")))).toBe(true);
  });
});
