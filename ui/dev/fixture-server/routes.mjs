// Routes in memory, and a dry run that knows as much of routing as the pages need to be looked at.
const CLOSED = { state: "closed", since: null, cooldown_left_s: null, last_error: null };
const HEALTH = { ...CLOSED, in_flight: 0, expected_ms: 412 };
const RESTING = { ...HEALTH, state: "open", cooldown_left_s: 27.4, last_error: "connect_refused" };
const NAME = /^[A-Za-z0-9*?][A-Za-z0-9._:@/+*?-]{0,199}$/;

const body = (route) => ({
  strategy: "fallback",
  retries: 2,
  timeouts: null,
  on_break: "error",
  cooldown_s: 10,
  hedge_after_s: null,
  sticky: null,
  on_context_window: "error",
  on_content_filter: "error",
  capture: null,
  ...route,
  targets: route.targets.map((target) => ({ model: "", weight: 1, when: null, ...target })),
});

const shape = (route, more) => ({
  origin: "file",
  place: null,
  version: null,
  updated_time: null,
  problem: null,
  ...more,
  route: body(route),
  health: route.targets.map(({ provider }) => (provider === "vllm" ? RESTING : HEALTH)),
});

const FILE = [
  {
    model: "fast",
    on_break: "continue",
    targets: [
      { provider: "vllm", model: "llama-4-70b" },
      { provider: "openai", model: "gpt-5-mini" },
    ],
  },
  {
    model: "gpt-*",
    strategy: "weighted",
    sticky: "session",
    targets: [
      { provider: "openai", weight: 3 },
      { provider: "vllm", weight: 1 },
    ],
  },
  {
    model: "smart",
    strategy: "conditional",
    targets: [
      { provider: "anthropic", model: "claude-opus-5", when: { capability: ["tools", "images"] } },
      { provider: "gemini", model: "gemini-3-pro", when: { min_input_tokens: 50_000 } },
      { provider: "openai", model: "gpt-5" },
    ],
  },
];

export function createRoutes(state) {
  let revision = 0;
  const file =
    state === "empty"
      ? []
      : FILE.map((route, at) => shape(route, { place: `vedette.yaml:${14 + at * 6}` }));
  const made = [];
  const all = () => [...file, ...made];
  const find = (model) => all().find((one) => one.route.model === model);

  function refused(route, previous) {
    const model = String(route.model ?? "");
    if (!NAME.test(model))
      return problem(400, "invalid_route", "model: expected a model name.", [
        { name: "model", value: model, expected: "a model name: no spaces" },
      ]);
    if (model !== previous && find(model))
      return problem(409, "route_exists", `There is a route ${model} already.`, [
        { name: "model", value: null, expected: `'${model}' is the name of another route` },
      ]);
    return null;
  }

  function keep(route, at) {
    revision += 1;
    const one = shape(route, {
      origin: "managed",
      version: revision,
      updated_time: new Date().toISOString(),
    });
    made.splice(at, 1, one);
    return one;
  }

  return {
    all,
    create: (route) => refused(route) ?? keep(route, made.length),
    replace(model, route) {
      const at = made.findIndex((one) => one.route.model === model);
      if (at < 0) return null;
      return refused(route, model) ?? keep(route, at);
    },
    remove(model) {
      const at = made.findIndex((one) => one.route.model === model);
      if (at < 0) return null;
      made.splice(at, 1);
      return {};
    },
    explain: (question) => explain(all(), question),
  };
}

export const problem = (status, code, detail, errors = []) => ({
  problem: { status, code, detail, errors },
});

const isPattern = (model) => /[*?]/.test(model);
const matches = (pattern, model) =>
  new RegExp(
    `^${pattern.replace(/[.+]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`,
  ).test(model);

function explain(routes, question) {
  const draft = question.draft && shape(body(question.draft), { origin: "managed" });
  const known = draft ? [draft, ...routes] : routes;
  const named = known.find((one) => one.route.model === question.model);
  const found =
    named ?? known.find((o) => isPattern(o.route.model) && matches(o.route.model, question.model));
  const step = (rule, text, matched = false) => ({ rule, matched, text });
  const resolution = named
    ? [step("route", `'${question.model}' is the name of a route.`, true)]
    : [
        step("route", "No route has this name."),
        step("provider", "No provider stands before a slash."),
        found
          ? step("pattern", `The route '${found.route.model}' stands for this name.`, true)
          : step("pattern", "No route with `*` or `?` matches."),
      ];
  if (!found)
    return {
      model: question.model,
      resolution,
      error: `Unknown model '${question.model}'.`,
      route: null,
      origin: null,
      strategy: null,
      reason: "",
      attempts: 0,
      on_break: null,
      hedge_after_s: null,
      sticky: null,
      targets: [],
    };
  const { route } = found;
  const fitting = route.targets.filter((target) => !whyNot(target.when, question));
  const well = fitting.filter((target) => target.provider !== "vllm");
  const order = [...well, ...fitting.filter((target) => !well.includes(target))];
  const rest = route.targets.filter((target) => !fitting.includes(target));
  const weights = well.reduce((sum, target) => sum + target.weight, 0) || 1;
  return {
    model: question.model,
    resolution,
    error: order.length ? null : `No target of route '${route.model}' is meant for this call.`,
    route: route.model,
    origin: found.origin,
    strategy: route.strategy,
    reason: "The first target of the list that does not rest is asked first.",
    attempts: order.length ? Math.max(order.length, 1 + route.retries) : 0,
    on_break: route.on_break,
    hedge_after_s: route.hedge_after_s,
    sticky: question.session || null,
    targets: [...order, ...rest].map((target) => {
      const native = target.provider === "anthropic" ? "anthropic" : "openai_chat";
      const position = order.indexOf(target) + 1;
      const share = route.strategy === "weighted" ? target.weight / weights : 1;
      const isFirst = route.strategy === "weighted" ? well.includes(target) : position === 1;
      return {
        provider: target.provider,
        kind: target.provider,
        model: target.model || question.model,
        weight: target.weight,
        fits: position > 0,
        why_not: whyNot(target.when, question),
        position: position || null,
        first_share: isFirst ? share : 0,
        health: target.provider === "vllm" ? RESTING : HEALTH,
        dialect: native,
        translated: question.client !== native,
        note:
          target.provider === "vllm" && position
            ? "Rests: it is asked only when all others fail."
            : null,
      };
    }),
  };
}

function whyNot(when, { capabilities = [], input_tokens: tokens = 100 }) {
  if (!when) return null;
  const missing = (when.capability ?? []).filter((name) => !capabilities.includes(name));
  if (missing.length) return `no use of ${missing.join(", ")}`;
  if (when.min_input_tokens && tokens < when.min_input_tokens)
    return `about ${tokens} input tokens, fewer than ${when.min_input_tokens}`;
  return null;
}
