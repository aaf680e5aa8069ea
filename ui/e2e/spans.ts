/** Spans of an agent for the real thing, sent to its intake. */

const MS = 1_000_000;

export interface Sent {
  name: string;
  kind: string;
  parent?: number;
  /** Milliseconds since the trace began. */
  from: number;
  to: number;
  more?: Record<string, unknown>;
}

/** A boss that plans, searches twice at once, and writes; `isLong`: with a check of what it wrote. */
export function agentRun(isLong: boolean): Sent[] {
  const chat = (input: string, output: string) => ({
    provider: "openai",
    model: "gpt-4o-mini",
    usage: { input_uncached: 800, output_text: 120 },
    cost_nano_usd: 900_000,
    payload: { input, output },
  });
  return [
    { name: "research", kind: "agent", from: 0, to: isLong ? 5_200 : 4_200 },
    { name: "planner", kind: "agent", parent: 0, from: 20, to: 900 },
    {
      name: "chat plan",
      kind: "llm",
      parent: 1,
      from: 40,
      to: 880,
      more: chat("Plan the report.", "First the sources, then the text."),
    },
    { name: "writer", kind: "agent", parent: 0, from: 950, to: isLong ? 5_100 : 4_100 },
    { name: "search", kind: "tool", parent: 3, from: 1_000, to: 1_700 },
    { name: "search", kind: "tool", parent: 3, from: 1_050, to: 2_100 },
    {
      name: "chat write",
      kind: "llm",
      parent: 3,
      from: 2_150,
      to: 4_050,
      more: chat(
        "Write the report.",
        isLong ? "The long report, checked." : "The short report, unchecked.",
      ),
    },
    ...(isLong
      ? [{ name: "check", kind: "tool", parent: 3, from: 4_100, to: 5_000 } satisfies Sent]
      : []),
  ];
}

/** A root with as many children as wanted, one after another. */
export function manySpans(count: number): Sent[] {
  return [
    { name: "batch", kind: "chain", from: 0, to: count * 10 },
    ...Array.from({ length: count - 1 }, (_, at) => ({
      name: `step ${at}`,
      kind: "tool",
      parent: 0,
      from: at * 10,
      to: at * 10 + 9,
    })),
  ];
}

/** Sends them as one trace, and says its id. */
export async function send(
  url: string,
  number: number,
  spans: readonly Sent[],
  common: Record<string, unknown> = {},
): Promise<string> {
  const trace_id = number.toString(16).padStart(32, "0");
  const idOf = (at: number) => (number * 100_000 + at + 1).toString(16).padStart(16, "0");
  const start = BigInt(Date.now() - 60_000) * BigInt(MS);
  const at = (ms: number) => start + BigInt(ms * MS);
  // Nanoseconds do not fit into a number of JavaScript.
  const text = JSON.stringify({
    spans: spans.map(({ name, kind, parent, from, to, more }, index) => ({
      trace_id,
      span_id: idOf(index),
      ...(parent === undefined ? {} : { parent_span_id: idOf(parent) }),
      name,
      kind,
      status: "ok",
      start_ns: `@${at(from)}@`,
      end_ns: `@${at(to)}@`,
      session_id: "e2e",
      ...common,
      ...more,
    })),
  }).replaceAll(/"@(\d+)@"/g, "$1");
  const answer = await fetch(`${url}/api/v1/ingest`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
  });
  if (!answer.ok) throw new Error(`The intake answers ${answer.status}: ${await answer.text()}`);
  return trace_id;
}
