import { describe, expect, it } from "vitest";
import {
  draftOf,
  errorOf,
  listOf,
  movedUp,
  namedForTrial,
  newDraft,
  newRule,
  policyOf,
} from "./draft";

const POLICY = {
  name: "bot",
  stream: "whole" as const,
  scope: { projects: ["prj_1"], models: ["gpt-*"] },
  rules: [
    {
      name: "attacks",
      detector: "injection",
      threshold: 0.7,
      timeout_ms: 200,
      options: { a: 1 },
      actions: [{ kind: "block" as const, text: "No." }],
    },
  ],
};

describe("a draft of a policy", () => {
  it("gives back what it was made of, also what it does not show", () => {
    const policy = policyOf(draftOf(POLICY));
    expect(policy.stream).toBe("whole");
    expect(policy.scope?.projects).toEqual(["prj_1"]);
    expect(policy.rules?.[0]).toMatchObject(POLICY.rules[0] ?? {});
    expect(policy.rules?.[0]?.timeout_ms).toBe(200);
  });

  it("begins in shadow, with a rule", () => {
    const policy = policyOf(newDraft());
    expect(policy.mode).toBe("shadow");
    expect(policy.rules).toHaveLength(1);
  });

  it("sends what is no number as it was typed, to be told by field", () => {
    const draft = draftOf(POLICY);
    const [rule] = draft.rules;
    if (!rule) throw new Error("no rule");
    const changes = { threshold: "high", options: "{", timeout_ms: "soon" };
    const typed = { ...draft, rules: [{ ...rule, ...changes }] };
    expect(policyOf(typed).rules?.[0]).toMatchObject(changes);
  });

  it("says when a rule looks, and how long it may take", () => {
    const draft = draftOf(POLICY);
    const [rule] = draft.rules;
    if (!rule) throw new Error("no rule");
    const changes = { when: "after" as const, timeout_ms: "5000" };
    const changed = { ...draft, rules: [{ ...rule, ...changes }] };
    expect(policyOf(changed).rules?.[0]).toMatchObject({ when: "after", timeout_ms: 5000 });
  });

  it("moves a rule before another, as priorities decide", () => {
    const rules = [
      { name: "b", detector: "pii", priority: 20 },
      { name: "a", detector: "pii", priority: 10 },
      { name: "c", detector: "pii", priority: 300 },
    ];
    const draft = draftOf({ name: "bot", rules });
    expect(draft.rules.map((one) => one.name)).toEqual(["a", "b", "c"]);
    const moved = policyOf({ ...draft, rules: movedUp(draft.rules, 2) });
    expect(moved.rules?.map((one) => [one.name, one.priority])).toEqual([
      ["a", 10],
      ["c", 20],
      ["b", 300],
    ]);
    expect(newRule(draft.rules.at(-1)).priority).toBe("300");
    expect(newRule().priority).toBe("100");
  });

  it("sends settings of actions and the scope of a rule", () => {
    const draft = draftOf(POLICY);
    const [rule] = draft.rules;
    const action = rule?.actions[0];
    if (!rule || !action) throw new Error("no rule");
    const actions = [{ ...action, settings: '{"times": 2}' }];
    const scope = { ...rule.scope, routes: "support, chat-*" };
    const [sent] = policyOf({ ...draft, rules: [{ ...rule, actions, scope }] }).rules ?? [];
    expect(sent?.actions?.[0]?.settings).toEqual({ times: 2 });
    expect(sent?.scope?.routes).toEqual(["support", "chat-*"]);
  });

  it("reads lists", () => {
    expect(listOf(" a, b ,, c")).toEqual(["a", "b", "c"]);
  });

  it("finds errors by field and inside of fields", () => {
    const errors = [{ name: "policy.rules[0].actions[1]", expected: "a target" }];
    expect(errorOf(errors, "rules[0].actions")).toBe("a target");
    expect(errorOf(errors, "rules[1].actions")).toBeUndefined();
  });
});

it("what has no name yet is tried under another", () => {
  const tried = namedForTrial(policyOf(newDraft()));
  expect([tried.name, tried.rules?.[0]?.name]).toEqual(["draft", "rule-1"]);
});
