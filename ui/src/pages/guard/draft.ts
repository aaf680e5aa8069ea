/** A policy while it is edited: figures and lists as texts, so that what was typed stays. */

import type { FieldError } from "@/api/http";
import type { Action, Policy, Rule } from "@/api/policies";
import type { WHERES } from "./words";

export type Where = (typeof WHERES)[number]["value"];

export const SCOPES = ["organizations", "projects", "keys", "routes", "models", "tags"] as const;
export type ScopeField = (typeof SCOPES)[number];

export interface ActionDraft {
  key: number;
  /** What is not shown (settings) stays with it. */
  rest: Action;
}

export interface RuleDraft {
  /** Stays with the rule when it moves. */
  key: number;
  name: string;
  detector: string;
  where: Where[];
  threshold: string;
  kinds: string;
  options: string;
  actions: ActionDraft[];
  mode: "enforce" | "shadow";
  on_error: "open" | "closed";
  when: "inline" | "after";
  timeout_ms: string;
  rest: Rule;
}

export interface Draft {
  name: string;
  description: string;
  mode: "enforce" | "shadow";
  priority: string;
  override: boolean;
  exceptions: boolean;
  scope: Record<ScopeField, string>;
  rules: RuleDraft[];
  rest: Policy;
}

let keys = 0;
const nextKey = () => ++keys;

export function newAction(kind: Action["kind"] = "flag"): ActionDraft {
  return { key: nextKey(), rest: { kind } };
}

export function newRule(): RuleDraft {
  return ruleDraft({ name: "", detector: "injection", where: ["input"] });
}

function ruleDraft(rule: Rule): RuleDraft {
  const options = rule.options ?? {};
  return {
    key: nextKey(),
    name: rule.name,
    detector: rule.detector,
    where: [...(rule.where ?? ["input"])] as Where[],
    threshold: String(rule.threshold ?? 0.5),
    kinds: (rule.kinds ?? []).join(", "),
    options: Object.keys(options).length ? JSON.stringify(options, null, 1) : "",
    actions: (rule.actions ?? [{ kind: "flag" }]).map((rest) => ({ key: nextKey(), rest })),
    mode: rule.mode ?? "enforce",
    on_error: rule.on_error ?? "open",
    when: rule.when ?? "inline",
    timeout_ms: String(rule.timeout_ms ?? 1000),
    rest: rule,
  };
}

export function draftOf(policy: Policy): Draft {
  const scope = {} as Draft["scope"];
  for (const field of SCOPES) scope[field] = (policy.scope?.[field] ?? []).join(", ");
  return {
    name: policy.name,
    description: policy.description ?? "",
    mode: policy.mode ?? "enforce",
    priority: String(policy.priority ?? 100),
    override: policy.override ?? false,
    exceptions: policy.exceptions ?? true,
    scope,
    rules: (policy.rules ?? []).map(ruleDraft),
    rest: policy,
  };
}

export function newDraft(): Draft {
  return { ...draftOf({ name: "", mode: "shadow" }), rules: [newRule()] };
}

/** The policy as it is sent. What is no number or no JSON is told by the API, by field. */
export function policyOf(draft: Draft): Policy {
  const scope = Object.fromEntries(SCOPES.map((field) => [field, listOf(draft.scope[field])]));
  return {
    ...draft.rest,
    name: draft.name.trim(),
    description: draft.description.trim(),
    mode: draft.mode,
    priority: numberOf(draft.priority),
    override: draft.override,
    exceptions: draft.exceptions,
    scope,
    rules: draft.rules.map((rule) => ({
      ...rule.rest,
      name: rule.name.trim(),
      detector: rule.detector,
      where: rule.where,
      threshold: numberOf(rule.threshold),
      kinds: listOf(rule.kinds),
      options: optionsOf(rule.options),
      actions: rule.actions.map((action) => action.rest),
      mode: rule.mode,
      on_error: rule.on_error,
      when: rule.when,
      timeout_ms: numberOf(rule.timeout_ms),
    })),
  };
}

export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

function numberOf(text: string): number {
  const value = Number(text.trim() || "x");
  // What is no number is sent as it is: the API names the field.
  return Number.isNaN(value) ? (text as unknown as number) : value;
}

function optionsOf(text: string): Record<string, unknown> {
  if (!text.trim()) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return text as unknown as Record<string, unknown>;
  }
}

/** What is wrong with a field of the policy, if the API said so; also with what is inside it. */
export function errorOf(errors: readonly FieldError[], field: string): string | undefined {
  const name = `policy.${field}`;
  return errors.find((one) => one.name === name || one.name.startsWith(`${name}[`))?.expected;
}

/** What can be tried before everything has its name. */
export function namedForTrial(policy: Policy): Policy {
  const rules = (policy.rules ?? []).map((rule, at) => ({
    ...rule,
    name: rule.name || `rule-${at + 1}`,
  }));
  return { ...policy, name: policy.name || "draft", rules };
}
