/** A policy while it is edited: figures and lists as texts, so that what was typed stays. */

import type { FieldError } from "@/api/http";
import type { Action, Policy, Rule } from "@/api/policies";
import type { WHERES } from "./words";

export type Where = (typeof WHERES)[number]["value"];

export const SCOPES = ["organizations", "projects", "keys", "routes", "models", "tags"] as const;
export type ScopeField = (typeof SCOPES)[number];
const PRIORITY = 100;

export interface ActionDraft {
  key: number;
  /** JSON. */
  settings: string;
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
  priority: string;
  scope: Record<ScopeField, string>;
  rest: Rule;
}

export interface Draft {
  name: string;
  description: string;
  mode: "enforce" | "shadow";
  priority: string;
  override: boolean;
  exceptions: boolean;
  stream: "" | "window" | "whole" | "optimistic";
  scope: Record<ScopeField, string>;
  rules: RuleDraft[];
  rest: Policy;
}

let keys = 0;
const nextKey = () => ++keys;

export function newAction(kind: Action["kind"] = "flag"): ActionDraft {
  return actionDraft({ kind });
}

function actionDraft(rest: Action): ActionDraft {
  return { key: nextKey(), settings: jsonOf(rest.settings), rest };
}

/** A rule that is taken after the last one. */
export function newRule(last?: RuleDraft): RuleDraft {
  const priority = Math.max(PRIORITY, Number(last?.priority) || 0);
  return ruleDraft({ name: "", detector: "injection", where: ["input"], priority });
}

/** One rule before its neighbour: their priorities are exchanged, as these decide. */
export function movedUp(rules: readonly RuleDraft[], index: number): RuleDraft[] {
  const [upper, lower] = [rules[index - 1], rules[index]];
  if (!upper || !lower) return [...rules];
  return rules.map((one, at) => {
    if (at === index - 1) return { ...lower, priority: upper.priority };
    return at === index ? { ...upper, priority: lower.priority } : one;
  });
}

function ruleDraft(rule: Rule): RuleDraft {
  return {
    key: nextKey(),
    name: rule.name,
    detector: rule.detector,
    where: [...(rule.where ?? ["input"])] as Where[],
    threshold: String(rule.threshold ?? 0.5),
    kinds: (rule.kinds ?? []).join(", "),
    options: jsonOf(rule.options),
    actions: (rule.actions ?? [{ kind: "flag" as const }]).map(actionDraft),
    mode: rule.mode ?? "enforce",
    on_error: rule.on_error ?? "open",
    when: rule.when ?? "inline",
    timeout_ms: String(rule.timeout_ms ?? 1000),
    priority: String(rule.priority ?? PRIORITY),
    scope: scopeDraft(rule.scope),
    rest: rule,
  };
}

function scopeDraft(scope: Policy["scope"]): Draft["scope"] {
  const draft = {} as Draft["scope"];
  for (const field of SCOPES) draft[field] = (scope?.[field] ?? []).join(", ");
  return draft;
}

function jsonOf(value: Record<string, unknown> | undefined): string {
  return value && Object.keys(value).length ? JSON.stringify(value, null, 1) : "";
}

export function draftOf(policy: Policy): Draft {
  return {
    name: policy.name,
    description: policy.description ?? "",
    mode: policy.mode ?? "enforce",
    priority: String(policy.priority ?? 100),
    override: policy.override ?? false,
    exceptions: policy.exceptions ?? true,
    stream: policy.stream ?? "",
    scope: scopeDraft(policy.scope),
    rules: (policy.rules ?? [])
      .map(ruleDraft)
      .sort((a, b) => Number(a.priority) - Number(b.priority)),
    rest: policy,
  };
}

export function newDraft(): Draft {
  return { ...draftOf({ name: "", mode: "shadow" }), rules: [newRule()] };
}

/** The policy as it is sent. What is no number or no JSON is told by the API, by field. */
export function policyOf(draft: Draft): Policy {
  return {
    ...draft.rest,
    name: draft.name.trim(),
    description: draft.description.trim(),
    mode: draft.mode,
    priority: numberOf(draft.priority),
    override: draft.override,
    exceptions: draft.exceptions,
    stream: draft.stream,
    scope: scopeOf(draft.scope),
    rules: draft.rules.map((rule) => ({
      ...rule.rest,
      name: rule.name.trim(),
      detector: rule.detector,
      where: rule.where,
      threshold: numberOf(rule.threshold),
      kinds: listOf(rule.kinds),
      options: optionsOf(rule.options),
      actions: rule.actions.map(({ rest, settings }) => ({
        ...rest,
        settings: settings === jsonOf(rest.settings) ? (rest.settings ?? {}) : optionsOf(settings),
      })),
      mode: rule.mode,
      on_error: rule.on_error,
      when: rule.when,
      timeout_ms: numberOf(rule.timeout_ms),
      priority: numberOf(rule.priority),
      scope: scopeOf(rule.scope),
    })),
  };
}

function scopeOf(draft: Draft["scope"]) {
  return Object.fromEntries(SCOPES.map((field) => [field, listOf(draft[field])]));
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
