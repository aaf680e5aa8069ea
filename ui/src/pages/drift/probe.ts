import type { Probe, ProbeKept } from "@/api/model";

type Expected = NonNullable<Probe["expect"]>;

/** A probe as it is typed: figures, lists and JSON as texts, so that what was typed stays. */
export interface ProbeDraft {
  name: string;
  models: string;
  prompt: string;
  messages: string;
  parameters: string;
  everyMinutes: string;
  cron: string;
  jitter: string;
  samples: string;
  timeout: string;
  contains: string;
  lacks: string;
  exact: string;
  regex: string;
  format: string;
  schema: string;
  refusal: "" | "yes" | "no";
  maxLatencyMs: string;
  maxTokens: string;
  likeBaseline: NonNullable<Expected["like_baseline"]>;
  leastSimilarity: string;
  baselineSamples: string;
  leastConsistency: string;
  severity: NonNullable<Probe["severity"]>;
  maxUsd: string;
}

const listed = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
const figure = (value: number | null | undefined) => (value == null ? "" : String(value));
const json = (value: object | null | undefined) =>
  value && Object.keys(value).length > 0 ? JSON.stringify(value, null, 1) : "";

function draftFrom(probe: Probe): ProbeDraft {
  const expect: Expected = probe.expect ?? {};
  return {
    name: probe.name,
    models: probe.models.join(", "),
    prompt: probe.prompt ?? "",
    messages: json(probe.messages),
    parameters: json(probe.parameters),
    everyMinutes: figure(probe.every_minutes ?? 60),
    cron: probe.cron ?? "",
    jitter: figure(probe.jitter_s ?? 0),
    samples: figure(probe.samples ?? 1),
    timeout: figure(probe.timeout_s ?? 60),
    contains: (expect.contains ?? []).join(", "),
    lacks: (expect.lacks ?? []).join(", "),
    exact: expect.exact ?? "",
    regex: expect.regex ?? "",
    format: expect.format ?? "",
    schema: json(expect.json_schema),
    refusal: expect.refusal == null ? "" : expect.refusal ? "yes" : "no",
    maxLatencyMs: figure(expect.max_latency_ms),
    maxTokens: figure(expect.max_tokens),
    likeBaseline: expect.like_baseline ?? "",
    leastSimilarity: figure(expect.least_similarity ?? 0.5),
    baselineSamples: figure(probe.baseline_samples ?? 20),
    leastConsistency: figure(expect.least_consistency),
    severity: probe.severity ?? "warning",
    maxUsd: figure(probe.max_usd_per_day ?? 1),
  };
}

export const NEW_PROBE: ProbeDraft = draftFrom({ name: "", models: [] });

export const draftOf = ({ probe }: ProbeKept): ProbeDraft => draftFrom(probe);

/** What is no number is sent as it is: the server says what it needs. */
function number<T extends number | null>(text: string, empty: T): number | T {
  const trimmed = text.trim();
  if (trimmed === "") return empty;
  const read = Number(trimmed);
  return Number.isNaN(read) ? (trimmed as unknown as number) : read;
}

function readJson<T>(text: string, empty: T): T {
  if (text.trim() === "") return empty;
  try {
    return JSON.parse(text) as T;
  } catch {
    return text as T;
  }
}

/** What the form does not show stays as it was. */
export function probeOf(draft: ProbeDraft, seen: ProbeKept | undefined): Probe {
  return {
    ...seen?.probe,
    name: draft.name.trim(),
    models: listed(draft.models),
    prompt: draft.prompt,
    messages: readJson(draft.messages, []),
    parameters: readJson(draft.parameters, {}),
    every_minutes: number(draft.everyMinutes, 60),
    cron: draft.cron.trim(),
    jitter_s: number(draft.jitter, 0),
    samples: number(draft.samples, 1),
    timeout_s: number(draft.timeout, 60),
    baseline_samples: number(draft.baselineSamples, 20),
    expect: {
      ...seen?.probe.expect,
      contains: listed(draft.contains),
      lacks: listed(draft.lacks),
      exact: draft.exact,
      regex: draft.regex,
      format: draft.format.trim(),
      json_schema: readJson<Expected["json_schema"]>(draft.schema, null) ?? null,
      refusal: draft.refusal === "" ? null : draft.refusal === "yes",
      max_latency_ms: number(draft.maxLatencyMs, null),
      max_tokens: number(draft.maxTokens, null),
      like_baseline: draft.likeBaseline,
      least_similarity: number(draft.leastSimilarity, 0.5),
      least_consistency: number(draft.leastConsistency, null),
    },
    severity: draft.severity,
    max_usd_per_day: number(draft.maxUsd, 1),
  };
}

export function whenOf(probe: Probe): string {
  return probe.cron ? `at ${probe.cron} (UTC)` : `every ${probe.every_minutes ?? 60} minutes`;
}
