// Traces that look like a busy week: models, errors, tool loops, agents, CJK, long and hostile texts.

/** Deterministic: the same seed gives the same data (mulberry32). */
export function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    hex: (digits) =>
      Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join(""),
    /** Log-normal around `median`. */
    spread: (median, sigma = 0.6) => {
      const normal = Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
  };
}

export const MODELS = [
  {
    model: "gpt-5-mini",
    provider: "openai",
    weight: 40,
    ms: 1900,
    ttft: 420,
    usdIn: 0.25,
    usdOut: 2,
  },
  {
    model: "claude-sonnet-4-5",
    provider: "anthropic",
    weight: 25,
    ms: 3400,
    ttft: 780,
    usdIn: 3,
    usdOut: 15,
  },
  {
    model: "gemini-2.5-flash",
    provider: "gemini",
    weight: 15,
    ms: 1300,
    ttft: 310,
    usdIn: 0.3,
    usdOut: 2.5,
  },
  {
    model: "llama-3.3-70b",
    provider: "vllm",
    weight: 12,
    ms: 2600,
    ttft: 190,
    usdIn: null,
    usdOut: null,
  },
  {
    model: "text-embedding-3-small",
    provider: "openai",
    weight: 8,
    ms: 120,
    ttft: null,
    usdIn: 0.02,
    usdOut: 0,
  },
];

const USERS = ["u-1042", "ada@example.org", "grace", "u-77", null, null];
const TAGS = ["prod", "staging", "checkout", "support-bot", "batch", "eval"];
const ERRORS = [
  "rate_limited: the provider answered 429 to every attempt",
  "first_token_timeout: no token within 60 s",
  "http_503: the provider is overloaded",
  "context_length_exceeded",
];

const zero = {
  input_uncached: 0,
  cache_read: 0,
  cache_write: 0,
  cache_write_1h: 0,
  audio_input: 0,
  image_input: 0,
  output_text: 0,
  reasoning: 0,
  audio_output: 0,
  image_output: 0,
  input_total: 0,
  output_total: 0,
  estimated: false,
};

export function iso(ms) {
  return new Date(ms).toISOString().replace("Z", "000Z");
}

function pickModel(random) {
  let at = random.next() * 100;
  for (const row of MODELS) {
    at -= row.weight;
    if (at < 0) return row;
  }
  return MODELS[0];
}

function usageOf(random, row) {
  if (!row.ttft) return { ...zero, input_uncached: 800, input_total: 800 };
  const input = Math.round(random.spread(900, 0.9));
  const cached = random.next() < 0.35 ? Math.round(input * 0.6) : 0;
  const reasoning = random.next() < 0.3 ? Math.round(random.spread(260)) : 0;
  const text = Math.round(random.spread(240, 0.7));
  return {
    ...zero,
    input_uncached: input - cached,
    cache_read: cached,
    input_total: input,
    output_text: text,
    reasoning,
    output_total: text + reasoning,
  };
}

function costOf(row, usage) {
  if (row.usdIn === null) return null;
  return ((usage.input_total * row.usdIn + usage.output_total * row.usdOut) / 1e6).toFixed(6);
}

/** One trace row that started at `at`. */
export function makeTrace(random, at) {
  const row = pickModel(random);
  const isError = random.next() < 0.04;
  const isAgent = row.ttft !== null && random.next() < 0.15;
  const usage = isError ? zero : usageOf(random, row);
  const duration = random.spread(row.ms, 0.5) * (isAgent ? 3 : 1);
  const session = random.next() < 0.7 ? `s-${random.int(100, 400)}` : null;
  return {
    trace_id: random.hex(32),
    name: isAgent ? "support agent" : row.ttft ? `chat ${row.model}` : `embeddings ${row.model}`,
    start_time: iso(at),
    end_time: iso(at + duration),
    duration_ms: Math.round(duration * 1000) / 1000,
    status: isError ? "error" : random.next() < 0.97 ? "ok" : "unset",
    span_count: isAgent ? 7 : 1,
    models: [row.model],
    providers: [row.provider],
    session_id: session,
    user_id: random.pick(USERS),
    tags:
      random.next() < 0.6
        ? [random.pick(TAGS), ...(random.next() < 0.3 ? ["long-context"] : [])]
        : [],
    usage,
    cost_usd: isError ? null : costOf(row, usage),
    ttft_ms: isError || !row.ttft ? null : Math.round(random.spread(row.ttft, 0.4) * 10) / 10,
    error: isError ? random.pick(ERRORS) : "",
  };
}

/** `count` traces over the last `days` days, newest first, busier by day than by night. */
export function makeTraces(count, days, now = Date.now()) {
  const random = generator(7);
  const traces = [];
  while (traces.length < count) {
    const age = random.next() ** 2 * days * 86_400_000;
    const hour = new Date(now - age).getUTCHours();
    if (random.next() > 0.45 + 0.55 * Math.sin((Math.PI * hour) / 24) ** 2) continue;
    traces.push(makeTrace(random, now - age));
  }
  return traces.sort((a, b) => (a.start_time < b.start_time ? 1 : -1));
}
