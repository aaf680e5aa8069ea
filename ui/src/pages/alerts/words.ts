export const KINDS = [
  { value: "threshold", label: "a threshold", meaning: "The metric of the window up to now." },
  { value: "change", label: "a change", meaning: "Against the window before, in percent." },
  {
    value: "anomaly",
    label: "an anomaly",
    meaning: "Deviations from the median of the 24 windows before.",
  },
  { value: "absence", label: "silence", meaning: "No calls where there were some in a day." },
  { value: "event", label: "a report", meaning: "What another part of Vedette reports." },
] as const;

export const SUBJECTS = [
  { value: "", label: "any part" },
  { value: "drift", label: "drift" },
  { value: "budget", label: "budgets" },
  { value: "guard", label: "the guard" },
  { value: "probe", label: "probes" },
] as const;

export const COMPARISONS = [
  { value: ">", label: "more than" },
  { value: ">=", label: "at least" },
  { value: "<", label: "less than" },
  { value: "<=", label: "at most" },
] as const;

export const GROUPINGS = [
  { value: "", label: "everything together" },
  { value: "model", label: "each model" },
  { value: "provider", label: "each provider" },
] as const;

export const SEVERITIES = [
  { value: "info", label: "info" },
  { value: "warning", label: "warning" },
  { value: "critical", label: "critical" },
] as const;

/** What a rule's value is counted in; nothing where it is a count. */
export function unitOf(kind: string, metric: string): string {
  if (kind === "change") return "%";
  if (kind === "anomaly") return "deviations";
  if (metric.endsWith("_ms")) return "ms";
  if (metric === "cost_usd") return "USD";
  return metric === "error_rate" || metric === "budget_used" ? "%" : "";
}
