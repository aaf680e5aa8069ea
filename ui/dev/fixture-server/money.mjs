// Keys, projects, allowances and credentials in memory; usage and budgets worked out of the rows.
import { randomBytes } from "node:crypto";

const LIMITS = { rpm: null, tpm: null, concurrency: null, usd_per_minute: null };
const usd = (value) => Number(value ?? 0).toFixed(6);
const iso = (ms) => new Date(ms).toISOString();
const problem = (status, code, detail, errors = []) => ({
  problem: { status, code, detail, errors },
});

const budgetOf = (body) => ({
  window: "total",
  action: "block",
  soft: [0.8],
  timezone: "UTC",
  reroute_to: "",
  ...body,
  limit_usd: usd(body.limit_usd),
});

/** What all that have budgets and limits share, or what is wrong with them. */
function readAllowance(body) {
  const errors = (body.budgets ?? []).flatMap(({ limit_usd }, index) =>
    limit_usd === "" || !(Number(limit_usd) >= 0)
      ? [{ name: `budgets[${index}].limit_usd`, value: limit_usd, expected: "an amount in USD" }]
      : [],
  );
  return {
    errors,
    allowance: {
      budgets: errors.length ? [] : (body.budgets ?? []).map(budgetOf),
      limits: { ...LIMITS, ...body.limits },
      on_failure: body.on_failure ?? "open",
    },
  };
}

/** One kind of record behind `path`. */
function shelf(path, noun, make, given = []) {
  const items = given.map((one) => stamped(one));
  const find = (id) => items.find((one) => one.id === id);
  const routes = [
    ["GET", new RegExp(`^/${path}$`), (query) => list(query)],
    [
      "POST",
      new RegExp(`^/${path}$`),
      (_query, _match, body) => {
        const { errors, allowance } = readAllowance(body);
        if ("name" in body && !body.name.trim())
          errors.push({ name: "name", value: "", expected: "1 to 100 printable characters" });
        if (errors.length) return problem(400, "invalid_body", "The body is wrong.", errors);
        const made = stamped({ ...make(body), ...allowance });
        items.push(made);
        return made;
      },
    ],
    ["GET", new RegExp(`^/${path}/([^/]+)$`), (_query, [id]) => find(id) ?? null],
    [
      "PATCH",
      new RegExp(`^/${path}/([^/]+)$`),
      (_query, [id], body) => {
        const found = find(id);
        if (!found) return null;
        const { errors, allowance } = readAllowance({ ...found, ...body });
        if (errors.length) return problem(400, "invalid_body", "The body is wrong.", errors);
        return Object.assign(found, body, allowance, { version: found.version + 1 });
      },
    ],
    [
      "DELETE",
      new RegExp(`^/${path}/([^/]+)$`),
      (_query, [id]) => {
        if (!find(id)) return problem(404, "not_found", `There is no ${noun} ${id}.`);
        items.splice(items.indexOf(find(id)), 1);
        return {};
      },
    ],
  ];
  const list = () => ({ items, next_cursor: null });
  return { items, find, routes };
}

const stamped = (one) => ({
  budgets: [],
  limits: LIMITS,
  on_failure: "open",
  created_time: iso(Date.now() - 864e5),
  updated_time: iso(Date.now() - 864e5),
  version: 1,
  ...one,
});

const id = (prefix) => prefix + randomBytes(6).toString("hex");

const keyOf = (body, more = {}) => ({
  id: id(""),
  organization: "default",
  owner: "",
  status: body.disabled ? "disabled" : "active",
  disabled: false,
  models: [],
  routes: [],
  endpoints: [],
  ips: [],
  metadata: {},
  expires_at: null,
  replaced_by: null,
  replaces: null,
  ...body,
  ...more,
});

const withPrefix = (key) => Object.assign(key, { prefix: `vdt_${key.id}` });
const BUDGET = budgetOf({ limit_usd: 5, window: "1d", action: "throttle" });

/** @param {{state: string, rows: object[], filtered: Function, readTime: Function, as?: string}} world */
export function createMoney({ state, rows, filtered, readTime, as }) {
  const isEmpty = state === "empty";
  const keys = shelf(
    "keys",
    "key",
    (body) => withPrefix(keyOf(body)),
    isEmpty
      ? []
      : [
          keyOf(
            { name: "ci", project: "prj_search", owner: "ada", models: ["gpt-*"] },
            { budgets: [BUDGET], limits: { ...LIMITS, rpm: 60 } },
          ),
          keyOf({ name: "laptop", project: "default", owner: "bob", status: "disabled" }),
        ].map(withPrefix),
  );
  const projects = shelf(
    "projects",
    "project",
    (body) => ({ id: id("prj_"), organization: "default", ...body }),
    [
      ...(as === "viewer" ? [] : [{ id: "default", name: "default", organization: "default" }]),
      ...(isEmpty ? [] : [{ id: "prj_search", name: "search", organization: "default" }]),
    ],
  );
  const organizations = shelf(
    "organizations",
    "organization",
    (body) => ({
      id: id("org_"),
      ...body,
    }),
    [{ id: "default", name: "default" }],
  );
  const allowances = shelf(
    "allowances",
    "allowance",
    (body) => ({
      id: id("alw_"),
      origin: "managed",
      name: "*",
      project: null,
      together: false,
      in_force: true,
      ...body,
    }),
    isEmpty
      ? []
      : [
          {
            id: null,
            origin: "file",
            scope: "tag",
            name: "batch*",
            project: null,
            together: true,
            in_force: true,
            budgets: [budgetOf({ limit_usd: 80, window: "month" })],
          },
        ],
  );
  const credentials = new Map();

  const namesOf = (row, by) =>
    ({
      model: row.models,
      provider: row.providers,
      user: [row.user_id ?? ""],
      session: [row.session_id ?? ""],
      tag: row.tags.length ? row.tags : [""],
      project: ["default"],
      organization: ["default"],
      route: [""],
      key: [keys.items[0]?.id ?? ""],
      hour: [`${row.start_time.slice(0, 13)}:00:00Z`],
      day: [row.start_time.slice(0, 10)],
      month: [row.start_time.slice(0, 7)],
    })[by];

  function sum(list, by) {
    const of = (read) => list.reduce((total, row) => total + read(row), 0);
    const cached = list.filter((row) => Number.parseInt(row.trace_id.slice(0, 2), 16) < 60);
    const input = of((row) => row.usage.input_total ?? 0);
    const output = of((row) => row.usage.output_total ?? 0);
    return {
      by,
      requests: list.length,
      errors: list.filter((row) => row.status === "error").length,
      unpriced_requests: list.filter((row) => row.cost_usd === null).length,
      estimated_requests: 0,
      cached_requests: cached.length,
      cost_usd: usd(of((row) => Number(row.cost_usd ?? 0))),
      saved_usd: usd(cached.reduce((total, row) => total + Number(row.cost_usd ?? 0), 0)),
      tokens: {
        total: input + output,
        input,
        output,
        cache_read: of((row) => row.usage.cache_read ?? 0),
        reasoning: of((row) => row.usage.reasoning ?? 0),
      },
    };
  }

  function usage(query) {
    const to = readTime(query.get("to"), Date.now());
    const from = readTime(query.get("from"), to - 30 * 864e5);
    const found = filtered(rows, query);
    const by = (query.get("by") ?? "").split(",").filter(Boolean);
    let groups = [[{}, found]];
    for (const name of by) {
      groups = groups.flatMap(([names, list]) => {
        const parts = new Map();
        for (const row of list)
          for (const value of namesOf(row, name))
            parts.set(value, [...(parts.get(value) ?? []), row]);
        return [...parts].map(([value, part]) => [{ ...names, [name]: value }, part]);
      });
    }
    const items = by.length ? groups.map(([names, list]) => sum(list, names)) : [];
    items.sort((a, b) => Number(b.cost_usd) - Number(a.cost_usd));
    const total = sum(found, {});
    return { from_time: iso(from), to_time: iso(to), items, total, others: 0, rest: [] };
  }

  const held = (scope, name, project, budget, spent) => ({
    id: Buffer.from(`${scope} ${name} ${budget.window}`).toString("hex").slice(0, 16),
    scope,
    name,
    project,
    budget: { ...budget, spent_usd: usd(spent), reserved_usd: usd(0), resets_at: null },
  });
  const budgets = () => [
    ...keys.items.flatMap((key) =>
      key.budgets.map((one) => held("key", key.id, key.project, one, 4.4)),
    ),
    ...allowances.items.flatMap((one) =>
      one.budgets.map((budget) => held(one.scope, one.together ? "" : one.name, null, budget, 1)),
    ),
  ];

  function burn(budgetId) {
    const found = budgets().find((one) => one.id === budgetId);
    if (!found) return null;
    const point = (hours, spent) => ({
      time: iso(Date.now() + hours * 36e5),
      spent_usd: usd(spent),
    });
    const spent = Number(found.budget.spent_usd);
    const past = Array.from({ length: 25 }, (_, at) => point(at - 24, (spent * at) / 24));
    const coming = Array.from({ length: 25 }, (_, at) => point(at, spent * (1 + at / 24)));
    return {
      ...found,
      step_s: 3600,
      points: past,
      forecast: {
        usd_per_day: usd(spent),
        exhausted_at: iso(Date.now() + 3 * 36e5),
        end_time: iso(Date.now() + 24 * 36e5),
        end_usd: usd(2 * spent),
        points: coming,
      },
    };
  }

  const limits = () =>
    keys.items
      .filter((key) => key.limits.rpm)
      .map((key) => ({
        scope: "key",
        name: key.id,
        project: key.project,
        unit: "requests",
        limit: String(key.limits.rpm),
        used: "51",
        on_failure: key.on_failure,
      }));

  const savings = (query) => {
    const report = usage(query);
    const dear = usage(new URLSearchParams({ ...Object.fromEntries(query), by: "model" })).items[0];
    return {
      from_time: report.from_time,
      to_time: report.to_time,
      cost_usd: report.total.cost_usd,
      saved_by_cache_usd: report.total.saved_usd,
      items: dear
        ? [
            {
              kind: "smaller_model",
              provider: "anthropic",
              model: dear.by.model,
              other: "claude-haiku-4-5",
              requests: dear.requests,
              cost_usd: dear.cost_usd,
              saves_usd: usd(Number(dear.cost_usd) * 0.66),
              is_upper_bound: false,
              advice:
                "claude-haiku-4-5 is smaller and costs less. Try it on calls of your own first: " +
                "quality, length and limits may differ.",
            },
          ]
        : [],
    };
  };

  const issue = (key) => ({ id: key.id, key: `${key.prefix}_${randomBytes(24).toString("hex")}` });
  const matches = (key, query) => {
    const text = (query.get("q") ?? "").toLowerCase();
    const told = [key.name, key.owner, key.id, ...Object.entries(key.metadata).flat()];
    return (
      (!text || told.some((one) => one.toLowerCase().includes(text))) &&
      key.prefix.startsWith(query.get("prefix") ?? "") &&
      ["project", "owner", "status"].every(
        (name) => !query.get(name) || key[name] === query.get(name),
      )
    );
  };
  const credential = (name) => ({
    name,
    reference: `vault:${name}`,
    created_time: credentials.get(name),
    updated_time: credentials.get(name),
  });

  const own = [
    ["GET", /^\/usage$/, usage],
    ["GET", /^\/savings$/, savings],
    ["GET", /^\/budgets$/, () => ({ items: budgets() })],
    ["GET", /^\/budgets\/(\w+)$/, (_query, [one]) => burn(one)],
    ["GET", /^\/limits$/, () => ({ items: limits() })],
    [
      "GET",
      /^\/keys$/,
      (query) => ({
        items: keys.items.filter((key) => matches(key, query)),
        next_cursor: null,
      }),
    ],
    [
      "POST",
      /^\/keys$/,
      (query, match, body) => {
        const made = keys.routes[1][2](query, match, body);
        return made.problem ? made : issue(made);
      },
    ],
    [
      "GET",
      /^\/keys\/(\w+)\/usage$/,
      (_query, [one]) => {
        const key = keys.find(one);
        if (!key) return null;
        const total = sum(rows.slice(0, 50), {});
        const states = key.budgets.map((budget) => held("key", one, null, budget, 4.4).budget);
        return { ...total, reserved_usd: usd(0), budgets: states };
      },
    ],
    [
      "POST",
      /^\/keys\/(\w+)\/rotate$/,
      (_query, [one]) => {
        const old = keys.find(one);
        if (!old) return null;
        const made = withPrefix(stamped({ ...old, id: id(""), replaces: old.id }));
        keys.items.push(made);
        Object.assign(old, { replaced_by: made.id, status: "replaced" });
        return issue(made);
      },
    ],
    [
      "PATCH",
      /^\/keys\/(\w+)$/,
      (query, match, body) => {
        const found = keys.routes[3][2](query, match, body);
        if (found && "disabled" in body) found.status = body.disabled ? "disabled" : "active";
        return found;
      },
    ],
    [
      "GET",
      /^\/cache$/,
      () => ({
        enabled: true,
        hits: 120,
        misses: 480,
        saved_usd: usd(3.2),
        answers: isEmpty ? 0 : 412,
        bytes: isEmpty ? 0 : 1_843_200,
        shared_answers: null,
        shared_bytes: null,
      }),
    ],
    ["POST", /^\/cache\/purge$/, () => ({ purged_before: iso(Date.now()), shared_answers: null })],
    ["GET", /^\/credentials$/, () => ({ items: [...credentials.keys()].map(credential) })],
    [
      "PUT",
      /^\/credentials\/([^/]+)$/,
      (_query, [name]) => {
        credentials.set(name, iso(Date.now()));
        return credential(name);
      },
    ],
    [
      "DELETE",
      /^\/credentials\/([^/]+)$/,
      (_query, [name]) => {
        credentials.delete(name);
        return {};
      },
    ],
  ];
  return [
    ...own,
    ...keys.routes,
    ...projects.routes,
    ...organizations.routes,
    ...allowances.routes,
  ];
}
