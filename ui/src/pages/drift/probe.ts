import type { Probe, ProbeKept } from "@/api/model";

/** A probe as it is typed. */
export interface ProbeDraft {
  name: string;
  models: string;
  prompt: string;
  everyMinutes: string;
  cron: string;
  samples: string;
  contains: string;
  exact: string;
  regex: string;
  refusal: "" | "yes" | "no";
  likeBaseline: "" | "exact" | "structural" | "lexical";
  maxLatencyMs: string;
  severity: "info" | "warning" | "critical";
  maxUsd: string;
}

export const NEW_PROBE: ProbeDraft = {
  name: "",
  models: "",
  prompt: "",
  everyMinutes: "60",
  cron: "",
  samples: "1",
  contains: "",
  exact: "",
  regex: "",
  refusal: "",
  likeBaseline: "",
  maxLatencyMs: "",
  severity: "warning",
  maxUsd: "1",
};

const listed = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

export function draftOf({ probe }: ProbeKept): ProbeDraft {
  const expect = probe.expect ?? {};
  return {
    name: probe.name,
    models: probe.models.join(", "),
    prompt: probe.prompt ?? "",
    everyMinutes: String(probe.every_minutes ?? 60),
    cron: probe.cron ?? "",
    samples: String(probe.samples ?? 1),
    contains: (expect.contains ?? []).join(", "),
    exact: expect.exact ?? "",
    regex: expect.regex ?? "",
    refusal: expect.refusal == null ? "" : expect.refusal ? "yes" : "no",
    likeBaseline: (expect.like_baseline ?? "") as ProbeDraft["likeBaseline"],
    maxLatencyMs: expect.max_latency_ms == null ? "" : String(expect.max_latency_ms),
    severity: (probe.severity ?? "warning") as ProbeDraft["severity"],
    maxUsd: String(probe.max_usd_per_day ?? 1),
  };
}

/** What the form does not show stays as it was. */
export function probeOf(draft: ProbeDraft, seen: ProbeKept | undefined): Probe {
  return {
    ...seen?.probe,
    name: draft.name.trim(),
    models: listed(draft.models),
    prompt: draft.prompt,
    every_minutes: Number(draft.everyMinutes),
    cron: draft.cron.trim(),
    samples: Number(draft.samples),
    expect: {
      ...seen?.probe.expect,
      contains: listed(draft.contains),
      exact: draft.exact,
      regex: draft.regex,
      refusal: draft.refusal === "" ? null : draft.refusal === "yes",
      like_baseline: draft.likeBaseline,
      max_latency_ms: draft.maxLatencyMs === "" ? null : Number(draft.maxLatencyMs),
    },
    severity: draft.severity,
    max_usd_per_day: Number(draft.maxUsd),
  };
}

export function whenOf(probe: Probe): string {
  return probe.cron ? `at ${probe.cron} (UTC)` : `every ${probe.every_minutes ?? 60} minutes`;
}
