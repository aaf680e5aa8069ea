/** Words and figures for targets: a model at a provider. */
import type { TargetState } from "@/api/model";
import type { Tone } from "@/components/Badge";
import { duration, percent } from "@/lib/format";

export const STATE_WORDS: Record<TargetState, string> = {
  closed: "healthy",
  half_open: "recovering",
  open: "resting",
  unknown: "not asked yet",
};

export const STATE_MEANINGS: Record<TargetState, string> = {
  closed: "Calls go there (breaker closed).",
  half_open: "One call at a time tries it (breaker half open).",
  open: "It failed and is left alone; it is asked only when all others fail (breaker open).",
  unknown: "Nobody has called it since the start.",
};

export const STATE_TONES: Record<TargetState, Tone> = {
  closed: "good",
  half_open: "warn",
  open: "bad",
  unknown: "neutral",
};

export const STATE_COLORS: Record<TargetState, string> = {
  closed: "--good",
  half_open: "--warn",
  open: "--bad",
  unknown: "--border-strong",
};

interface Shown {
  state?: TargetState | undefined;
  cooldown_left_s?: number | null | undefined;
}

/** The state, and for how long a resting target still rests. */
export function stateText({ state = "unknown", cooldown_left_s }: Shown): string {
  const left = cooldown_left_s ? ` ${Math.ceil(cooldown_left_s)} s` : "";
  return STATE_WORDS[state] + (state === "open" ? left : "");
}

export interface StateSpan {
  state: TargetState;
  start_time: string;
  end_time: string;
}

export interface StripPart {
  state: TargetState;
  /** Shares of the whole strip, in [0, 1]. */
  left: number;
  width: number;
  title: string;
}

/** A timeline laid over a stretch of time; what lies outside is cut off. */
export function stripOf(timeline: readonly StateSpan[], from: Date, to: Date): StripPart[] {
  const start = from.getTime();
  const whole = to.getTime() - start || 1;
  return timeline.flatMap((span) => {
    const left = Math.max(0, (Date.parse(span.start_time) - start) / whole);
    const right = Math.min(1, (Date.parse(span.end_time) - start) / whole);
    if (right <= left) return [];
    const lasted = Date.parse(span.end_time) - Date.parse(span.start_time);
    const title = `${STATE_WORDS[span.state]} for ${duration(lasted)}`;
    return [{ state: span.state, left, width: right - left, title }];
  });
}

/** How long a target was in a state, milliseconds. */
export function timeIn(timeline: readonly StateSpan[], state: TargetState): number {
  return timeline
    .filter((span) => span.state === state)
    .reduce((sum, span) => sum + Date.parse(span.end_time) - Date.parse(span.start_time), 0);
}

interface Quota {
  left: number;
  rests_s: number;
}

/** What is left of the provider's own limits, of the key that has most; empty: it said nothing. */
export function quotaText(quotas: readonly Quota[]): string {
  const best = quotas.toSorted((a, b) => a.rests_s - b.rests_s || b.left - a.left)[0];
  if (!best) return "";
  if (best.rests_s > 0) return `provider's limit used up for ${Math.ceil(best.rests_s)} s`;
  return `${percent(best.left)} of the provider's limit left`;
}
