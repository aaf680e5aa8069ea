import type { Precision } from "@/api/guard";
import type { Tone } from "@/components/Badge";
import { percent } from "@/lib/format";

export const DETECTORS = [
  "injection",
  "jailbreak",
  "pii",
  "secrets",
  "toxicity",
  "harmful",
  "invisible",
  "leak",
  "urls",
  "tool_calls",
  "schema",
  "format",
  "refusal",
  "language",
  "topic",
  "keywords",
  "regex",
  "length",
  "relevance",
  "completeness",
  "citation",
  "groundedness",
  "judge",
  "llama_guard",
  "openai_moderation",
  "webhook",
  "stackone",
  "ner",
] as const;

export const WHERES = [
  { value: "input", label: "what the user says" },
  { value: "system", label: "system prompt" },
  { value: "tool_result", label: "results of tools" },
  { value: "document", label: "documents" },
  { value: "output", label: "answers" },
  { value: "reasoning", label: "reasoning" },
  { value: "tool_arguments", label: "arguments of tools" },
] as const;

export const ACTIONS = [
  { value: "flag", label: "flag" },
  { value: "alert", label: "alert" },
  { value: "annotate", label: "annotate" },
  { value: "redact", label: "redact" },
  { value: "mask", label: "mask and put back" },
  { value: "replace", label: "replace" },
  { value: "transform", label: "transform" },
  { value: "escalate", label: "ask a judge" },
  { value: "retry", label: "retry" },
  { value: "reask", label: "ask again" },
  { value: "fallback", label: "next target" },
  { value: "reroute", label: "reroute" },
  { value: "block", label: "block" },
] as const;

/** Actions that need a text, and what it is. */
export const TEXTS: Record<string, string> = {
  block: "What the client is told",
  annotate: "Note",
  replace: "What stands instead",
  reask: "What the model is told",
  transform: "Template",
  escalate: "What breaks the policy",
};

/** Actions that need a target, and what it is. */
export const TARGETS: Record<string, string> = {
  reroute: "Route or model",
  escalate: "Model that judges",
  alert: "Name of the alert",
};

/** Actions that take settings, with an example. */
export const SETTINGS: Record<string, string> = {
  retry: '{"temperature": 0, "times": 2}',
  reask: '{"times": 2}',
  escalate: '{"timeout_s": 15}',
};

export function actionTone(action: string): Tone {
  if (action === "block") return "bad";
  if (["redact", "mask", "replace", "transform"].includes(action)) return "info";
  if (["retry", "reask", "fallback", "reroute", "escalate"].includes(action)) return "violet";
  return "warn";
}

export function precisionText(precision: Precision | null): string {
  if (!precision) return "–";
  const { share, low, high, true: right, false: wrong } = precision;
  return `${percent(share, 0)} [${percent(low, 0)}, ${percent(high, 0)}] of ${right + wrong}`;
}
