/** Where the time of a call went. */
import type { Span } from "@/api/model";

export interface Segment {
  label: string;
  meaning: string;
  token: string;
  offsetMs: number;
  ms: number;
}

type Timed = Pick<Span, "start_time" | "duration_ms" | "ttft_ms" | "attempts">;

/** Offset of a moment within the span, at least 0. */
export function offsetMs(span: Pick<Span, "start_time">, time: string): number {
  return Math.max(0, microMs(time) - microMs(span.start_time));
}

/** Milliseconds since the epoch, microseconds kept (Date cuts them off). */
function microMs(time: string): number {
  const fraction = /\.\d{3}(\d{1,6})/.exec(time)?.[1];
  return Date.parse(time) + (fraction ? Number(`0.${fraction}`) : 0);
}

/**
 * Consecutive, disjoint, and together at most as long as the span. The clock starts with the
 * first byte of the request at the gateway; the first token is counted from there, too.
 */
export function segmentsOf(span: Timed): Segment[] {
  const marks: [string, string, string, number][] = [];
  const last = span.attempts.at(-1);
  if (last) {
    const started = offsetMs(span, last.start_time);
    const first = span.attempts[0] ?? last;
    const overhead = offsetMs(span, first.start_time);
    marks.push(["Gateway", "Reading the request and choosing the target", "--series-8", overhead]);
    if (span.attempts.length > 1) {
      marks.push([
        "Earlier attempts",
        "Tries that did not answer, or not to the end, and waits between them",
        "--bad",
        started,
      ]);
    }
    if (last.first_byte_ms !== null) {
      marks.push([
        "Until first byte",
        "From the provider's start to its first byte",
        "--series-5",
        started + last.first_byte_ms,
      ]);
    }
  }
  if (span.ttft_ms !== null) {
    marks.push([
      "Until first token",
      "From the first byte to the first output",
      "--series-2",
      span.ttft_ms,
    ]);
    marks.push(["Streaming", "From the first to the last output", "--series-1", span.duration_ms]);
  } else {
    marks.push([
      last ? "Answer" : "Whole span",
      "The rest of the answer",
      "--series-1",
      span.duration_ms,
    ]);
  }
  return cutAt(marks, span.duration_ms);
}

function cutAt(marks: [string, string, string, number][], totalMs: number): Segment[] {
  let at = 0;
  const segments: Segment[] = [];
  for (const [label, meaning, token, until] of marks) {
    const end = Math.min(Math.max(until, at), totalMs);
    if (end > at) segments.push({ label, meaning, token, offsetMs: at, ms: end - at });
    at = end;
  }
  return segments;
}
