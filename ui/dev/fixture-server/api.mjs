// The endpoints of /api/v1 over rows in memory.
import { randomBytes } from "node:crypto";
import { generator, makeTrace, makeTraces } from "./data.mjs";
import { seriesAnswer, totals } from "./metrics.mjs";
import { createMoney } from "./money.mjs";
import { createPeople } from "./people.mjs";
import { providerDetail, providersOf } from "./providers.mjs";
import { createRoutes } from "./routes.mjs";
import { spansOf } from "./spans.mjs";

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const PAYLOAD = {
  input: null,
  output: null,
  tools: [],
  attributes: {},
  events: [],
  attempts: [],
  raw_request: null,
  raw_response: null,
  payload_included: false,
};

function readTime(text, fallback) {
  if (!text) return fallback;
  const relative = /^now(?:-(\d+)([smhdw]))?$/.exec(text);
  if (relative) return Date.now() - (relative[1] ? Number(relative[1]) * UNIT_MS[relative[2]] : 0);
  return Date.parse(text);
}

function filtered(rows, query) {
  const from = readTime(query.get("from"), -Infinity);
  const to = readTime(query.get("to"), Infinity);
  const is = (name, matches) =>
    query.get(name) ? (row) => matches(row, query.get(name)) : () => true;
  const tests = [
    (row) => Date.parse(row.start_time) >= from && Date.parse(row.start_time) < to,
    is("model", (row, value) => row.models.includes(value)),
    is("provider", (row, value) => row.providers.includes(value)),
    is("status", (row, value) => row.status === value),
    is("session", (row, value) => row.session_id === value),
    is("user", (row, value) => row.user_id === value),
    is("tag", (row, value) => row.tags.includes(value)),
    is("min_cost", (row, value) => row.cost_usd !== null && Number(row.cost_usd) >= Number(value)),
    is("min_latency_ms", (row, value) => row.duration_ms >= Number(value)),
    is("q", (row, value) =>
      JSON.stringify(spansOf(row)).toLowerCase().includes(value.toLowerCase()),
    ),
  ];
  return rows.filter((row) => tests.every((test) => test(row)));
}

const shown = ({ error: _, ...row }) => row;

function top(rows, of) {
  const counts = new Map();
  for (const row of rows)
    for (const value of of(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([value]) => value)
    .slice(0, 100);
}

/** Each span a node of its own, one below the other. */
function graphOf(spans) {
  const nodes = spans.map((span, at) => ({
    id: span.span_id,
    name: span.name,
    kind: span.kind,
    spans: [span.span_id],
    errors: 0,
    duration_ms: span.duration_ms,
    cost_usd: span.cost_usd,
    is_parallel: false,
    layer: at,
    row: 0,
  }));
  const edges = spans
    .filter((span) => nodes.some((node) => node.id === span.parent_span_id))
    .map((span) => ({
      from: span.parent_span_id,
      to: span.span_id,
      type: "call",
      count: 1,
      is_back: false,
    }));
  return { nodes, edges, left: 0, spans_truncated: false };
}

/** @param {{state: string, rows: number, live: boolean, as?: string}} options */
export function createApi({ state, rows: count, live, as }) {
  const random = generator(99);
  const rows = state === "empty" ? [] : makeTraces(count, 30);
  const views = [];
  const managed = createRoutes(state);
  const people = createPeople(as);
  const listeners = new Set();
  const timers = [];

  /** One more trace, announced as the real feed does. */
  function add() {
    const row = makeTrace(random, Date.now() - 400);
    rows.unshift(row);
    const data = JSON.stringify({ trace_ids: [row.trace_id], spans: row.span_count });
    for (const response of listeners) response.write(`event: traces\ndata: ${data}\n\n`);
    return row;
  }
  if (live && state === "full") timers.push(setInterval(add, 2500));

  const find = (id) => rows.find((row) => row.trace_id === id);
  const routes = [
    ...createMoney({ state, rows, filtered, readTime, as }),
    ...people.routes,
    [
      "GET",
      /^\/traces$/,
      (query) => {
        const found = filtered(rows, query);
        const limit = Number(query.get("limit") ?? 50);
        const cursor = query.get("cursor");
        const start = cursor ? found.findIndex((row) => row.trace_id === cursor) + 1 : 0;
        const items = found.slice(start, start + limit);
        const hasMore = start + limit < found.length;
        return { items: items.map(shown), next_cursor: hasMore ? items.at(-1).trace_id : null };
      },
    ],
    [
      "GET",
      /^\/traces\/([0-9a-f]{32})$/,
      (_query, [id]) => {
        const row = find(id);
        if (!row) return null;
        return {
          ...shown(row),
          spans: spansOf(row).map((span) => ({ ...span, ...PAYLOAD })),
          spans_truncated: false,
        };
      },
    ],
    [
      "GET",
      /^\/traces\/([0-9a-f]{32})\/graph$/,
      (_query, [id]) => {
        const row = find(id);
        return row ? graphOf(spansOf(row)) : null;
      },
    ],
    [
      "GET",
      /^\/traces\/([0-9a-f]{32})\/spans\/([0-9a-f]{16})$/,
      (_query, [id, spanId]) => {
        const row = find(id);
        return (row && spansOf(row).find((span) => span.span_id === spanId)) ?? null;
      },
    ],
    [
      "GET",
      /^\/spans$/,
      (query) => ({
        items: filtered(rows, query)
          .slice(0, Number(query.get("limit") ?? 50))
          .flatMap(spansOf),
        next_cursor: null,
      }),
    ],
    [
      "GET",
      /^\/facets$/,
      (query) => {
        const found = filtered(rows, query);
        return {
          models: top(found, (r) => r.models),
          providers: top(found, (r) => r.providers),
          tags: top(found, (r) => r.tags),
        };
      },
    ],
    [
      "GET",
      /^\/facet-counts$/,
      (query) => {
        const found = filtered(rows, query);
        const facet = (field, pick) => ({
          field,
          others: 0,
          values: counted(found, pick).map(([value, traces]) => ({
            value,
            traces,
            spans: traces,
            errors: 0,
            cost_usd: null,
          })),
        });
        return {
          items: [
            facet("status", (r) => [r.status]),
            facet("provider", (r) => r.providers),
            facet("model", (r) => r.models),
            facet("tag", (r) => r.tags),
          ],
          spans: found.length,
          traces: found.length,
          complete: true,
        };
      },
    ],
    [
      "GET",
      /^\/traces\/[0-9a-f]{32}\/notes$/,
      () => ({ scores: [], tags: [], comments: [], bookmarked: false }),
    ],
    ["GET", /^\/(sessions|end-users)$/, () => ({ items: [], next_cursor: null })],
    ["GET", /^\/filter-fields$/, () => ({ items: FIELDS })],
    [
      "GET",
      /^\/metrics\/series$/,
      (query) => {
        const to = readTime(query.get("to"), Date.now());
        const from = readTime(query.get("from"), to - 86_400_000);
        return seriesAnswer(filtered(rows, query), {
          from,
          to,
          bucket: query.get("bucket_s"),
          groupBy: query.get("group_by"),
        });
      },
    ],
    [
      "GET",
      /^\/metrics\/summary$/,
      (query) => {
        const to = readTime(query.get("to"), Date.now());
        const from = readTime(query.get("from"), to - 86_400_000);
        const before = new URLSearchParams(query);
        before.set("from", new Date(2 * from - to).toISOString());
        before.set("to", new Date(from).toISOString());
        return {
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          current: totals(filtered(rows, query)),
          previous_from: new Date(2 * from - to).toISOString(),
          previous: totals(filtered(rows, before)),
        };
      },
    ],
    ["GET", /^\/providers$/, () => ({ items: providersOf(rows, managed.all()) })],
    [
      "GET",
      /^\/providers\/([^/]+)$/,
      (_query, [name]) => providerDetail(rows, managed.all(), decodeURIComponent(name)),
    ],
    ["GET", /^\/routes$/, () => ({ items: managed.all() })],
    ["POST", /^\/routes$/, (_query, _match, body) => managed.create(body)],
    ["POST", /^\/routes\/explain$/, (_query, _match, body) => managed.explain(body)],
    [
      "PUT",
      /^\/routes\/(.+)$/,
      (_query, [model], body) => managed.replace(decodeURIComponent(model), body),
    ],
    ["DELETE", /^\/routes\/(.+)$/, (_query, [model]) => managed.remove(decodeURIComponent(model))],
    [
      "GET",
      /^\/info$/,
      () => ({
        version: "0.0.0",
        profile: "lite",
        capture: "full",
        gateway_url: "http://127.0.0.1:4000",
        command: "vedette",
        time: new Date().toISOString(),
        text_search: true,
        percentiles: true,
        durable: true,
        token_required: state === "token",
      }),
    ],
    ["GET", /^\/views$/, () => ({ items: views, next_cursor: null })],
    [
      "POST",
      /^\/views$/,
      (_query, _match, body) => {
        const now = new Date().toISOString();
        const view = {
          query: {},
          layout: {},
          visibility: "private",
          owner: people.user()?.name ?? "",
          may_change: true,
          ...body,
          id: randomBytes(8).toString("hex"),
          version: 1,
          created_time: now,
          updated_time: now,
        };
        views.push(view);
        return view;
      },
    ],
    ["GET", /^\/views\/(\w+)$/, (_query, [id]) => views.find((view) => view.id === id) ?? null],
    [
      "PUT",
      /^\/views\/(\w+)$/,
      (_query, [id], body) => {
        const view = views.find((one) => one.id === id);
        return view ? Object.assign(view, body, { version: view.version + 1 }) : null;
      },
    ],
    [
      "DELETE",
      /^\/views\/(\w+)$/,
      (_query, [id]) => {
        views.splice(
          views.findIndex((view) => view.id === id),
          1,
        );
        return {};
      },
    ],
  ];

  function stream(response) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": hello\n\n");
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  }

  function exportSpans(response, query) {
    const lines = filtered(rows, query)
      .flatMap(spansOf)
      .map((span) => JSON.stringify(span));
    response.writeHead(200, {
      "content-type": "application/x-ndjson",
      "content-disposition": "attachment",
    });
    response.end(`${lines.join("\n")}\n`);
  }

  async function handle(request, response, url) {
    const path = url.pathname.slice("/api/v1".length);
    const send = (status, body) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const problem = (status, code, detail, errors = []) =>
      send(status, {
        type: "about:blank",
        title: code,
        status,
        detail,
        code,
        request_id: "fixture",
        errors,
      });
    const body = await readJson(request);
    if (path === "/session" && request.method === "POST") {
      if (body?.token !== "let-me-in")
        return problem(401, "unauthenticated", "This is not the access token of the console.");
      response.setHeader("set-cookie", "fixture=1; HttpOnly; SameSite=Strict; Path=/");
      return send(200, { token_required: true, authenticated: true, expires_time: null });
    }
    if (path === "/password/forgot") return send(202, undefined);
    const isIn =
      (state !== "token" && state !== "users") ||
      (request.headers.cookie ?? "").includes("fixture=1");
    if (path === "/session" && request.method === "GET")
      return send(200, {
        token_required: state === "token" || state === "users" || as !== undefined,
        users: state === "users" || as !== undefined,
        passwords: true,
        mail: state === "users",
        providers: state === "users" ? [{ name: "google", label: "Google" }] : [],
        user: people.user() ?? null,
        authenticated: isIn,
        expires_time: null,
      });
    if (!isIn) return problem(401, "unauthenticated", "Show the access token first.");
    if (state === "broken")
      return problem(503, "store_unavailable", "The store cannot be read: the disk is full.");
    if (path === "/live") return stream(response);
    if (path === "/export") return exportSpans(response, url.searchParams);
    for (const [method, pattern, answer] of routes) {
      const match = method === request.method && pattern.exec(path);
      if (!match) continue;
      const found = answer(url.searchParams, match.slice(1), body);
      if (found?.problem) {
        const { status, code, detail, errors } = found.problem;
        return problem(status, code, detail, errors);
      }
      return found === null
        ? problem(404, "not_found", "There is nothing under this id.")
        : send(200, found);
    }
    return problem(404, "not_found", `There is no ${path}.`);
  }

  /** Id of the newest single-span trace whose spans contain this text. */
  const findText = (text) =>
    rows.find((row) => row.span_count === 1 && JSON.stringify(spansOf(row)).includes(text))
      ?.trace_id;
  const close = () => {
    for (const timer of timers) clearInterval(timer);
    for (const response of listeners) response.end();
  };
  return { handle, add, rows, find: findText, close };
}

async function readJson(request) {
  let body = "";
  for await (const piece of request) body += piece;
  return body ? JSON.parse(body) : undefined;
}

const FIELDS = [
  { name: "model", kind: "text", help: "Model asked for.", choices: [], keyed: false },
  {
    name: "status",
    kind: "choice",
    help: "How the span ended.",
    choices: ["ok", "error", "unset"],
    keyed: false,
  },
  { name: "cost", kind: "usd", help: "Cost in USD.", choices: [], keyed: false },
];

/** Values with how many rows have them, most first. */
function counted(rows, pick) {
  const counts = new Map();
  for (const row of rows)
    for (const value of pick(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 50);
}
