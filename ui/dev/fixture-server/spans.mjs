// The spans behind a trace row, made from its id: asked twice, answered alike.
import { generator, iso } from "./data.mjs";

const text = (content) => ({ type: "text", content });

const QUESTIONS = [
  "My parcel 4411-B has not moved since Tuesday. Where is it, and can I still change the address?",
  "Summarise the attached incident report in three bullet points for an executive audience.",
  "以下の文章を英語に翻訳してください。\n\n「昨日の会議で、来月の予算案が承認されました。各部署は金曜日までに計画を提出してください。」",
  "Write a SQL query that returns the ten customers with the highest revenue this quarter.",
  `Here is the log, find the root cause:\n\n${"2026-03-04T10:00:01Z worker-3 WARN retrying upstream call, attempt 2 of 5, backoff 400 ms\n".repeat(160)}`,
  "<img src=x onerror=\"document.title='pwned'\"> <script>alert(1)</script> What does this HTML do?",
];

const ANSWERS = [
  "Your parcel is in the Leipzig hub and leaves tonight. The address can be changed until it is loaded, so I changed it to Hauptstr. 12; you will get a confirmation by mail.",
  "- **What happened:** a certificate expired at 02:14 UTC and blocked 38 % of logins.\n- **Effect:** 52 minutes, 11,300 failed logins, no data lost.\n- **Next:** expiry alerts 30 days ahead, owner named.",
  "At yesterday's meeting, next month's budget proposal was approved. Each department should submit its plan by Friday.",
  "SELECT c.id, c.name, SUM(o.total) AS revenue\nFROM customers c\nJOIN orders o ON o.customer_id = c.id\nWHERE o.created_at >= date_trunc('quarter', now())\nGROUP BY c.id, c.name\nORDER BY revenue DESC\nLIMIT 10;",
  "The pool of worker-3 is exhausted: every line is a retry of the same upstream call, and the backoff never grows. Raise the pool size, and make the backoff exponential.",
  "It tries to run scripts in your page. Shown as text, as here, it does nothing.",
];

const TOOLS = [
  {
    name: "find_parcel",
    description: "Find a parcel by its number.",
    parameters: {
      type: "object",
      properties: { number: { type: "string" } },
      required: ["number"],
    },
  },
  {
    name: "change_address",
    description: "Change where a parcel goes.",
    parameters: { type: "object" },
  },
];

function base(row, spanId, parent, name, kind, start, end) {
  return {
    trace_id: row.trace_id,
    span_id: spanId,
    parent_span_id: parent,
    name,
    kind,
    start_time: iso(start),
    end_time: iso(end),
    duration_ms: end - start,
    status: { code: row.status, message: row.error },
    provider: null,
    model: null,
    response_model: null,
    route: null,
    usage: { ...row.usage },
    cost_usd: null,
    cost_source: "unknown",
    price_version: null,
    ttft_ms: null,
    session_id: row.session_id,
    user_id: row.user_id,
    tags: row.tags,
    finish_reason: null,
    tool_calls: [],
    capture: "full",
    payload_included: true,
    input: null,
    output: null,
    tools: [],
    attributes: {},
    events: [],
    attempts: [],
    raw_request: null,
    raw_response: null,
  };
}

function llm(row, random, spanId, parent, start, end, conversation) {
  const span = base(row, spanId, parent, `chat ${row.models[0]}`, "llm", start, end);
  const answered = row.status !== "error";
  const attempts = attemptsOf(row, random, start, end);
  return {
    ...span,
    provider: row.providers[0],
    model: row.models[0],
    response_model: `${row.models[0]}-2026-02-01`,
    route: random.next() < 0.4 ? "fast" : null,
    cost_usd: row.cost_usd,
    cost_source: row.cost_usd ? "priced" : "unknown",
    price_version: row.cost_usd ? "genai-prices 0.2.3" : null,
    ttft_ms: row.ttft_ms,
    finish_reason: answered ? "stop" : null,
    input: conversation.input,
    output: answered ? conversation.output : null,
    tools: conversation.tools ?? [],
    tool_calls: conversation.calls ?? [],
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": row.models[0],
      "gen_ai.request.temperature": 0.3,
      "gen_ai.request.max_tokens": 1024,
      "gen_ai.request.stream": row.ttft_ms !== null,
      "vedette.overhead_ms": 0.21,
      "http.request.body.size": 2210,
      "http.response.body.size": 8124,
      ...splicedOf(row, attempts),
    },
    attempts,
    raw_request: JSON.stringify({
      model: row.models[0],
      stream: true,
      temperature: 0.3,
      max_tokens: 1024,
      messages: [{ role: "user", content: "…" }],
    }),
    raw_response:
      'data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"Your"}}]}\n\ndata: [DONE]\n\n',
  };
}

/** A stream with two attempts had broken off; the second went on with it, in another dialect. */
function splicedOf(row, attempts) {
  const [broken, next] = attempts;
  if (!next || row.ttft_ms === null || row.status === "error") return {};
  broken.status = 200;
  broken.error = "closed_early";
  return {
    "vedette.provider.dialect": next.provider === "anthropic" ? "anthropic" : "openai_chat",
    "vedette.dropped": "top_k",
    "vedette.splice.mode": "continue",
    "vedette.splice.reason": "closed_early",
    "vedette.splice.at_characters": "118",
    "vedette.splice.targets": `${broken.provider}/${broken.model} -> ${next.provider}/${next.model}`,
  };
}

function attemptsOf(row, random, start, end) {
  const last = {
    provider: row.providers[0],
    model: row.models[0],
    start_time: iso(start),
    duration_ms: end - start,
    status: row.status === "error" ? 503 : 200,
    error: row.status === "error" ? "http_503" : null,
    first_byte_ms: Math.min(140, (end - start) / 3),
    provider_request_id: `req_${random.hex(12)}`,
  };
  if (row.status !== "error" && random.next() > 0.25) return [last];
  const cut = start + Math.min(620, (end - start) / 3);
  const first = {
    ...last,
    provider: "azure",
    duration_ms: cut - start,
    status: 429,
    error: "http_429",
    first_byte_ms: 88,
    provider_request_id: `az-${random.hex(8)}`,
  };
  return [first, { ...last, start_time: iso(cut + 40), duration_ms: Math.max(1, end - cut - 40) }];
}

function plainConversation(random) {
  const at = random.int(0, QUESTIONS.length - 1);
  const input = [
    {
      role: "system",
      parts: [text("You are a careful support assistant. Answer in the language of the question.")],
    },
    { role: "user", parts: [text(QUESTIONS[at])] },
  ];
  if (random.next() < 0.15)
    input[1].parts.push({
      type: "media",
      modality: "image",
      mime_type: "image/png",
      size_bytes: 182_004,
    });
  const parts = [text(ANSWERS[at])];
  if (random.next() < 0.35)
    parts.unshift({
      type: "reasoning",
      content:
        "The user wants a short answer. I check what is known, then answer in their language.",
    });
  return { input, output: [{ role: "assistant", parts, finish_reason: "stop" }] };
}

function toolConversation() {
  const calls = [
    { type: "tool_call", id: "call_1", name: "find_parcel", arguments: { number: "4411-B" } },
    {
      type: "tool_call",
      id: "call_2",
      name: "change_address",
      arguments: { number: "4411-B", street: "Hauptstr. 12" },
    },
  ];
  return {
    tools: TOOLS,
    calls: calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })),
    input: [
      { role: "system", parts: [text("You help with parcels. Use the tools.")] },
      { role: "user", parts: [text(QUESTIONS[0])] },
      {
        role: "assistant",
        parts: [
          {
            type: "reasoning",
            content: "I need the parcel's place first, then the address can change.",
          },
          ...calls,
        ],
      },
      {
        role: "tool",
        parts: [{ type: "tool_call_response", id: "call_2", result: { changed: true } }],
      },
      {
        role: "tool",
        parts: [
          {
            type: "tool_call_response",
            id: "call_1",
            result: { number: "4411-B", hub: "Leipzig", leaves: "tonight", loaded: false },
          },
        ],
      },
    ],
    output: [{ role: "assistant", parts: [text(ANSWERS[0])], finish_reason: "stop" }],
  };
}

/** Every span of the trace, oldest first. */
export function spansOf(row) {
  const random = generator(Number.parseInt(row.trace_id.slice(0, 8), 16));
  const start = Date.parse(row.start_time);
  const end = start + row.duration_ms;
  if (row.name.startsWith("embeddings")) {
    const span = llm(row, random, random.hex(16), null, start, end, {
      input: "The text that was embedded.",
      output: null,
    });
    return [{ ...span, name: row.name, kind: "embedding" }];
  }
  if (row.name !== "support agent") {
    const span = llm(
      row,
      random,
      random.hex(16),
      null,
      start,
      end,
      random.next() < 0.3 ? toolConversation() : plainConversation(random),
    );
    if (random.next() < 0.04)
      return [
        {
          ...span,
          capture: "none",
          input: null,
          output: null,
          raw_request: null,
          raw_response: null,
        },
      ];
    return [span];
  }
  const ids = Array.from({ length: 7 }, () => random.hex(16));
  const at = (share) => start + row.duration_ms * share;
  const quiet = { ...row, status: "ok", error: "" };
  const part = (index, parent, name, kind, from, to, more = {}) => ({
    ...base(quiet, ids[index], parent, name, kind, at(from), at(to)),
    usage: {},
    ...more,
  });
  return [
    {
      ...base(row, ids[0], null, "support agent", "agent", start, end),
      input: QUESTIONS[0],
      output: ANSWERS[0],
    },
    part(1, ids[0], "injection check", "guard", 0.01, 0.02, { output: "score 0.02: passed" }),
    {
      ...llm(quiet, random, ids[2], ids[0], at(0.03), at(0.35), toolConversation()),
      finish_reason: "tool_calls",
    },
    part(3, ids[0], "find_parcel", "tool", 0.36, 0.48, {
      input: '{"number":"4411-B"}',
      output: '{"hub":"Leipzig"}',
    }),
    part(4, ids[3], "GET parcels.internal", "retriever", 0.37, 0.47),
    part(5, ids[0], "change_address", "tool", 0.49, 0.55),
    llm(row, random, ids[6], ids[0], at(0.56), at(0.99), toolConversation()),
  ];
}
