// Providers and their last hour, made from the rows.
import { totals } from "./metrics.mjs";

const KINDS = {
  openai: "openai",
  anthropic: "anthropic",
  gemini: "gemini",
  vllm: "openai",
  sim: "sim",
};
const DIALECTS = {
  openai: ["openai_chat", "openai_responses", "openai_embeddings"],
  anthropic: ["anthropic"],
  gemini: ["gemini", "gemini_embeddings"],
  sim: ["openai_chat"],
};
const URLS = { vllm: "http://10.0.0.7:8000/v1", sim: "http://127.0.0.1/v1" };
const STEP_S = 30;
const HOUR_MS = 3_600_000;

const iso = (ms) => new Date(ms).toISOString().replace("Z", "000Z");

/** Targets in trouble, by their model; the others are well. */
function timelineOf(name, index, now) {
  if (name !== "vllm" || index !== 0)
    return [{ state: "closed", start_time: iso(now - HOUR_MS), end_time: iso(now) }];
  const marks = [
    ["closed", 60],
    ["open", 41],
    ["half_open", 40],
    ["closed", 39.8],
    ["open", 12],
    ["half_open", 11],
    ["open", 10.9],
  ];
  return marks.map(([state, minutes], at) => ({
    state,
    start_time: iso(now - minutes * 60_000),
    end_time: iso(now - (marks[at + 1]?.[1] ?? 0) * 60_000),
  }));
}

function targetsOf(name, own, routed, now) {
  const models = [...new Set([...routed, ...own.flatMap((row) => row.models)])].slice(0, 6);
  return models.map((model, index) => {
    const rows = own.filter((row) => row.models.includes(model));
    const all = totals(rows);
    const timeline = timelineOf(name, index, now);
    const last = timeline.at(-1);
    const failed = rows.find((row) => row.status === "error");
    return {
      provider: name,
      model,
      routes: routed.includes(model) ? ["fast"] : [],
      state: rows.length || routed.includes(model) ? last.state : "unknown",
      since: last.start_time,
      cooldown_left_s: last.state === "open" ? 27.4 : null,
      in_flight: index === 0 ? 2 : 0,
      expected_ms: all.latency_p50_ms,
      timeline,
      ...figures(all, failed, rows[0]),
      ...(last.state === "open"
        ? { last_error: "connect_refused", last_error_time: iso(now - 4000) }
        : {}),
    };
  });
}

const figures = (all, failed, latest) => ({
  requests: all.requests,
  errors: all.errors,
  last_error: failed ? "http_503" : null,
  last_error_time: failed?.start_time ?? null,
  last_success_time: latest?.start_time ?? null,
  latency_p50_ms: all.latency_p50_ms,
  latency_p95_ms: all.latency_p95_ms,
  ttft_p50_ms: all.ttft_p50_ms,
});

export function providersOf(rows, routes, now = Date.now()) {
  return Object.entries(KINDS).map(([name, kind]) => {
    const own = rows.filter((row) => row.providers.includes(name)).slice(0, 2000);
    const all = totals(own);
    const routed = routes.flatMap(({ route }) =>
      route.targets
        .filter((target) => target.provider === name && target.model)
        .map((t) => t.model),
    );
    const targets = targetsOf(name, own, routed, now);
    const outcomes = [
      { outcome: "ok", attempts: all.requests - all.errors },
      { outcome: "http_503", attempts: Math.ceil(all.errors * 0.7) },
      { outcome: "first_byte_timeout", attempts: Math.floor(all.errors * 0.3) },
    ];
    return {
      name,
      kind,
      base_url: URLS[name] ?? `https://api.${name}.com/v1`,
      has_key: name !== "vllm",
      simulated: name === "sim",
      models: [...new Set(own.flatMap((row) => row.models))],
      dialects: DIALECTS[kind],
      state: targets.some((target) => target.state === "open") ? "open" : "closed",
      outcomes: outcomes.filter((outcome) => outcome.attempts > 0),
      targets,
      in_flight: 2,
      places: name === "vllm" ? 16 : null,
      waiting: name === "vllm" ? 1 : 0,
      ...figures(
        all,
        own.find((row) => row.status === "error"),
        own[0],
      ),
    };
  });
}

export function providerDetail(rows, routes, name) {
  const now = Date.now();
  const provider = providersOf(rows, routes, now).find((one) => one.name === name);
  if (!provider) return null;
  const end = (Math.floor(now / 1000 / STEP_S) + 1) * STEP_S * 1000;
  const own = rows.filter((row) => row.providers.includes(name));
  const history = [];
  for (let at = end - HOUR_MS; at < end; at += STEP_S * 1000) {
    const step = own.filter((row) => {
      const start = Date.parse(row.start_time);
      return start >= at && start < at + STEP_S * 1000;
    });
    if (step.length === 0) continue;
    const all = totals(step);
    history.push({
      time: iso(at),
      attempts: all.requests,
      errors: all.errors,
      latency_p50_ms: all.latency_p50_ms,
      latency_p95_ms: all.latency_p95_ms,
      ttft_p50_ms: all.ttft_p50_ms,
    });
  }
  return { provider, start_time: iso(end - HOUR_MS), end_time: iso(end), step_s: STEP_S, history };
}
