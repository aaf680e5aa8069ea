import type { FieldError } from "@/api/http";
import type { AlertRule } from "@/api/model";
import { unitOf } from "./words";

export type Kind = NonNullable<AlertRule["kind"]>;
export type Comparison = NonNullable<AlertRule["op"]>;

/** A rule while it is typed: numbers are text. */
export interface Draft {
  name: string;
  kind: Kind;
  metric: string;
  subject: string;
  op: Comparison;
  value: string;
  windowMinutes: string;
  leastCalls: string;
  model: string;
  provider: string;
  by: "" | "model" | "provider";
  severity: "info" | "warning" | "critical";
  channels: string[];
  forMinutes: string;
  repeatMinutes: string;
  escalateMinutes: string;
  escalateTo: string[];
  message: string;
  link: string;
  /** Fields that the form does not show stay as they are. */
  rest: Partial<AlertRule>;
}

const MINUTE_S = 60;

export const NEW: Draft = {
  name: "",
  kind: "threshold",
  metric: "error_rate",
  subject: "",
  op: ">",
  value: "5",
  windowMinutes: "5",
  leastCalls: "10",
  model: "",
  provider: "",
  by: "",
  severity: "warning",
  channels: [],
  forMinutes: "0",
  repeatMinutes: "0",
  escalateMinutes: "0",
  escalateTo: [],
  message: "",
  link: "",
  rest: {},
};

const minutes = (seconds: number | undefined) => String((seconds ?? 0) / MINUTE_S);

export function draftOf(rule: AlertRule): Draft {
  return {
    name: rule.name,
    kind: rule.kind ?? "threshold",
    metric: rule.metric ?? "",
    subject: rule.subject ?? "",
    op: rule.op ?? ">",
    value: String(rule.value ?? 0),
    windowMinutes: minutes(rule.window_s),
    leastCalls: String(rule.least_calls ?? 1),
    model: rule.model ?? "",
    provider: rule.provider ?? "",
    by: rule.by ?? "",
    severity: rule.severity ?? "warning",
    channels: [...(rule.channels ?? [])],
    forMinutes: minutes(rule.for_s),
    repeatMinutes: minutes(rule.repeat_s),
    escalateMinutes: minutes(rule.escalate_after_s),
    escalateTo: [...(rule.escalate_to ?? [])],
    message: rule.message ?? "",
    link: rule.link ?? "",
    rest: rule,
  };
}

const number = (text: string) => Number(text.trim().replace(",", "."));
const seconds = (text: string) => Math.round(number(text) * MINUTE_S);

/** What is sent; a number that is none is sent as NaN becomes null and is refused by name. */
export function ruleOf(draft: Draft): AlertRule {
  const isMeasured = draft.kind !== "event" && draft.kind !== "absence";
  return {
    ...draft.rest,
    name: draft.name.trim(),
    kind: draft.kind,
    metric: isMeasured ? draft.metric : "",
    subject: draft.kind === "event" && draft.subject ? (draft.subject as "drift") : null,
    op: draft.op,
    value: isMeasured ? number(draft.value) : 0,
    window_s: seconds(draft.windowMinutes),
    least_calls: number(draft.leastCalls),
    model: draft.model.trim(),
    provider: draft.provider.trim(),
    by: draft.by,
    severity: draft.severity,
    channels: draft.channels,
    for_s: seconds(draft.forMinutes),
    repeat_s: seconds(draft.repeatMinutes),
    escalate_after_s: seconds(draft.escalateMinutes),
    escalate_to: draft.escalateTo,
    message: draft.message,
    link: draft.link.trim(),
  };
}

export function errorOf(errors: readonly FieldError[], name: string): string | undefined {
  return errors.find((error) => error.name === name || error.name.startsWith(`${name}.`))?.expected;
}

/** A rule in a few words, for lists. */
export function wordsOf(rule: AlertRule): string {
  const minutesText = `${(rule.window_s ?? 300) / MINUTE_S} min`;
  const of = rule.model || rule.provider;
  const scope = `${of ? ` of ${of}` : ""}${rule.by ? `, each ${rule.by}` : ""}`;
  switch (rule.kind) {
    case "event":
      return `what ${rule.subject ?? "any part"} reports`;
    case "absence":
      return `no calls${scope} in ${minutesText}`;
    default: {
      const unit = unitOf(rule.kind ?? "threshold", rule.metric ?? "");
      const value = unit ? `${rule.value} ${unit}` : rule.value;
      const what = rule.kind === "change" ? "change of " : "";
      return `${what}${rule.metric}${scope} ${rule.op} ${value} in ${minutesText}`;
    }
  }
}
