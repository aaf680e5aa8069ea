/** What the settings of a route mean, in words. */
import type { Strategy } from "./draft";

export const STRATEGIES: readonly { value: Strategy; label: string; meaning: string }[] = [
  { value: "fallback", label: "Fallback", meaning: "The first target that works, in order." },
  { value: "weighted", label: "Weighted", meaning: "By lot, by weight; the others follow." },
  {
    value: "least-latency",
    label: "Least latency",
    meaning: "The quicker of two drawn by lot; the others follow.",
  },
  { value: "round-robin", label: "Round robin", meaning: "Each in turn; the others follow." },
  {
    value: "conditional",
    label: "Conditional",
    meaning: "The first whose conditions hold; those that do not fit are not asked.",
  },
];

export const ON_BREAK = [
  { value: "error", label: "end it with an error" },
  { value: "continue", label: "let the next target go on" },
  { value: "restart", label: "let the next target answer anew" },
] as const;

export const STICKY = [
  { value: "", label: "no" },
  { value: "session", label: "by session" },
  { value: "user", label: "by user" },
] as const;

export const ON_REFUSAL = [
  { value: "error", label: "the client gets the error" },
  { value: "next", label: "ask the next target" },
] as const;

export const CAPTURE = [
  { value: "", label: "as configured" },
  { value: "full", label: "full" },
  { value: "redacted", label: "redacted" },
  { value: "hash", label: "hash" },
  { value: "none", label: "none" },
] as const;

export function strategyLabel(strategy: string | null | undefined): string {
  return STRATEGIES.find(({ value }) => value === strategy)?.label ?? strategy ?? "";
}
