/** What became of each attempt, and what the gateway had to do to the answer. */
import type { Attempt, Span } from "@/api/model";
import { count } from "@/lib/format";
import { offsetMs } from "@/lib/timing";

export interface AttemptRole {
  /** Why it was made, where it was not the first. */
  role: "first" | "retry" | "fallback" | "hedge" | "continuation";
  meaning: string;
}

const BROKEN_OFF = [
  "client_gone",
  "invalid_http",
  "request_timeout",
  "shutting_down",
  "slower_than_another",
];

/** Whether it was neither an answer nor an error of the provider; the guard breaks off, too. */
export function isBrokenOff(outcome: string): boolean {
  return BROKEN_OFF.includes(outcome) || outcome.startsWith("guard_");
}

/** How it went: answered, failed, or broken off for reasons that are not the provider's. */
export function fateOf(attempt: Pick<Attempt, "error">): "answered" | "failed" | "left" {
  if (attempt.error === null) return "answered";
  return isBrokenOff(attempt.error) ? "left" : "failed";
}

type Told = Pick<Span, "start_time" | "attempts" | "attributes">;

const MEANINGS: Record<AttemptRole["role"], string> = {
  first: "The target that was asked first",
  retry: "The same target once more",
  fallback: "The next target, after the one before had failed",
  hedge: "Asked as well, while the one before had no output yet",
  continuation: "Goes on with an answer that had broken off",
};

/** Two clocks may differ by so much: an attempt that begins this early was no hedge. */
const OVERLAP_MS = 2;

export function roleOf(span: Told, index: number): AttemptRole {
  const role = nameOf(span, index);
  return { role, meaning: MEANINGS[role] };
}

function nameOf(span: Told, index: number): AttemptRole["role"] {
  const attempt = span.attempts[index];
  const before = span.attempts[index - 1];
  if (!attempt || !before) return "first";
  const ended = offsetMs(span, before.start_time) + before.duration_ms;
  if (offsetMs(span, attempt.start_time) + OVERLAP_MS < ended) return "hedge";
  const isLast = index === span.attempts.length - 1;
  if (isLast && textOf(span, "vedette.splice.mode")) return "continuation";
  return isSame(attempt, before) ? "retry" : "fallback";
}

const isSame = (one: Attempt, other: Attempt) =>
  one.provider === other.provider && one.model === other.model;

export interface Deed {
  label: string;
  text: string;
  tone: "info" | "warn" | "violet" | "accent";
}

/** Everything that was done to request or answer on the way, in the words of a reader. */
export function deedsOf(span: Pick<Span, "attributes">): Deed[] {
  const deeds: Deed[] = [];
  const dialect = textOf(span, "vedette.provider.dialect");
  if (dialect) {
    deeds.push({
      label: "translated",
      text: `The provider was asked in its own dialect, ${dialect}.`,
      tone: "violet",
    });
  }
  const dropped = textOf(span, "vedette.dropped");
  if (dropped) {
    const fields = dropped.split(",").join(", ");
    deeds.push({
      label: "dropped",
      text: `Fields that the provider's dialect has no place for: ${fields}.`,
      tone: "warn",
    });
  }
  deeds.push(...splicesOf(span));
  if (textOf(span, "vedette.idempotent_replay") === "true") {
    deeds.push({
      label: "replayed",
      text: "The answer of an equal call with the same idempotency key.",
      tone: "accent",
    });
  }
  if (textOf(span, "vedette.cache.saved_nano_usd")) {
    deeds.push({ label: "from the cache", text: "No provider was asked.", tone: "accent" });
  }
  return deeds;
}

function splicesOf(span: Pick<Span, "attributes">): Deed[] {
  const mode = textOf(span, "vedette.splice.mode");
  if (!mode) return [];
  const at = Number(textOf(span, "vedette.splice.at_characters") ?? 0);
  const targets = textOf(span, "vedette.splice.targets")?.replace(" -> ", " to ") ?? "";
  const reason = textOf(span, "vedette.splice.reason");
  const how =
    mode === "continue"
      ? `The answer broke off after ${count(at)} characters and was gone on with`
      : `The answer broke off after ${count(at)} characters and was given anew, what was delivered already held back`;
  const diverged = textOf(span, "vedette.splice.diverged") === "true";
  return [
    {
      label: "spliced",
      text:
        `${how}${targets && `, from ${targets}`}${reason ? ` (${reason})` : ""}.` +
        (diverged ? " The second answer differed from what was delivered." : ""),
      tone: "warn",
    },
  ];
}

function textOf({ attributes }: Pick<Span, "attributes">, name: string): string | undefined {
  const value = attributes[name];
  return value === undefined || value === null ? undefined : String(value);
}
