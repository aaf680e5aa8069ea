// Pictures of a running console: BASE_URL=http://127.0.0.1:4001 npm run screenshots
// Without BASE_URL they show the fixture server. OUT is the folder (default docs/images), RANGE the
// range of the overview. ALL=1 takes every page in both themes and widths, to look them over; ONLY
// names the pages to take, with commas.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createFixtureServer } from "../dev/fixture-server/server.mjs";
import { launchChromium } from "../e2e/chromium.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const out = process.env.OUT ?? `${root}docs/images`;
const range = process.env.RANGE ?? "24h";
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } };

/** What the documentation shows: page, theme, size. */
const DOCS = [
  ["overview", "light", "desktop"],
  ["traces", "light", "desktop"],
  ["trace", "light", "desktop"],
  ["timing", "dark", "desktop"],
  ["raw", "dark", "desktop"],
  ["providers", "light", "desktop"],
  ["provider", "dark", "desktop"],
  ["routes", "light", "desktop"],
  ["route-editor", "light", "desktop"],
  ["overview", "dark", "phone"],
  ["guard", "light", "desktop"],
  ["findings", "light", "desktop"],
  ["policy", "dark", "desktop"],
  ["policy-editor", "light", "desktop"],
  ["spend", "light", "desktop"],
  ["budgets", "light", "desktop"],
  ["budget", "dark", "desktop"],
  ["savings", "light", "desktop"],
  ["keys", "light", "desktop"],
  ["key", "dark", "desktop"],
  ["members", "light", "desktop"],
  ["profile", "dark", "desktop"],
  ["explorer", "light", "desktop"],
  ["graph", "light", "desktop"],
  ["compare", "dark", "desktop"],
  ["session", "light", "desktop"],
  ["alerts", "light", "desktop"],
  ["drift", "light", "desktop"],
  ["drift-alarms", "light", "desktop"],
  ["drift-compare", "dark", "desktop"],
];
/** Pictures whose names do not begin with `console`: other pages of the documentation show them. */
const ELSEWHERE = /^drift-/;

const staticDir = `${root}src/vedette/static`;
const fixture = process.env.BASE_URL ? null : await createFixtureServer({ staticDir, as: "root" });
const base = process.env.BASE_URL ?? fixture.url;

async function get(path, list = "items") {
  const answer = await fetch(`${base}/api/v1${path}`);
  return (await answer.json())[list];
}

/** A streamed call with tool results, if there is one. */
async function chatTrace() {
  const all = await get("/spans?kind=llm&status=ok&limit=400");
  const spans = all.filter((one) => !one.parent_span_id);
  const hasTools = (span) => JSON.stringify(span.input).includes("tool_call_response");
  const span =
    spans.find((one) => hasTools(one) && one.ttft_ms !== null) ?? spans.find(hasTools) ?? spans[0];
  return span?.trace_id;
}

/** A route for the editor to show; taken away at the end. */
const EDITED = "team/best";

async function makeRoute(names) {
  const target = (provider, model, more) => ({ provider, model, ...more });
  const [first, second = first] = names;
  const answer = await fetch(`${base}/api/v1/routes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: EDITED,
      strategy: "conditional",
      on_break: "continue",
      targets: [
        target(second, "claude-opus-5", { when: { capability: ["tools"] } }),
        target(first, "gpt-5"),
      ],
    }),
  });
  return answer.ok ? await answer.json() : null;
}

/** A call whose answer had broken off and was gone on with, if there is one. */
async function splicedTrace() {
  const spans = await get("/spans?kind=llm&status=ok&limit=500");
  const found = spans.find((one) => one.attributes["vedette.splice.mode"] && !one.parent_span_id);
  return found?.trace_id;
}

const rows = await get("/traces?limit=500");
const spliced = await splicedTrace();
const chat = await chatTrace();
const tree = rows.find((row) => row.span_count > 1)?.trace_id;
const failed = rows.find((row) => row.status === "error")?.trace_id;
const providers = await get("/providers");
const troubled = providers.find((one) => one.state === "open") ?? providers[0];
const provider = process.env.PROVIDER ?? troubled?.name;
const routes = await get("/routes");
const made = await makeRoute(providers.map((one) => one.name));
const budgets = await get("/budgets");
const budget = budgets.find(({ budget: one }) => Number(one.spent_usd) > 0) ?? budgets[0];
const key = (await get("/keys")).find((one) => one.budgets.length) ?? {};
/** Of a console that has a policy of its own, as the fixture server has not. */
const policy = (await get("/policies").catch(() => []))?.find((one) => one.origin === "console");
const finding = policy && (await get("/guard/findings?detector=pii"))[0];
const sessions = (await get("/sessions?limit=50").catch(() => [])) ?? [];
const talk = sessions.reduce((most, one) => (one.traces > (most?.traces ?? 0) ? one : most), null);
const trees = rows.filter((row) => row.span_count > 2).sort((a, b) => b.span_count - a.span_count);
const twin = trees.find((row) => row !== trees[0] && row.name === trees[0]?.name);
const alarm = (await get("/drift/alarms").catch(() => []))?.[0];
const watched = (await get("/drift", "baselines").catch(() => [])) ?? [];
/** A model to compare that of the alarm with. */
const other = watched.findLast((one) => alarm && one.model !== alarm.model)?.model;
const PAGES = {
  overview: `/?range=${range}`,
  models: `/?range=${range}&group=model`,
  traces: "/traces",
  trace: chat && `/traces/${chat}`,
  timing: (spliced ?? chat) && `/traces/${spliced ?? chat}?tab=timing`,
  raw: chat && `/traces/${chat}?tab=raw`,
  tree: tree && `/traces/${tree}`,
  error: failed && `/traces/${failed}`,
  providers: "/providers",
  provider: `/providers/${provider}`,
  routes: `/routes?model=${encodeURIComponent(routes[0]?.route.model ?? "fast")}`,
  "route-editor": `/routes/edit?model=${encodeURIComponent(EDITED)}`,
  guard: policy && "/guard",
  findings: finding && `/guard/findings?id=${finding.id}`,
  policies: policy && "/guard/policies",
  policy: policy && `/guard/policies/${policy.name}`,
  "policy-editor": policy && `/guard/policies/edit?name=${policy.name}`,
  exceptions: policy && "/guard/exceptions",
  spend: "/spend",
  budgets: "/budgets",
  budget: budget && `/budgets/${budget.id}`,
  "budget-editor": "/budgets/edit",
  limits: "/limits",
  savings: "/savings",
  cache: "/cache?range=30d",
  keys: "/keys",
  key: key.id && `/keys/${key.id}`,
  "key-editor": "/keys/edit",
  projects: "/projects",
  credentials: "/credentials",
  members: "/members",
  profile: "/profile",
  explorer: `/traces?filter=${encodeURIComponent("kind:llm duration > 10ms")}`,
  graph: trees[0] && `/traces/${trees[0].trace_id}?show=graph`,
  compare: twin && `/compare?a=${trees[0].trace_id}&b=${twin.trace_id}`,
  session: talk && `/sessions/${encodeURIComponent(talk.id)}`,
  sessions: "/sessions",
  users: "/users",
  tail: "/tail",
  start: "/start",
  alerts: "/alerts",
  drift: "/drift",
  "drift-alarms": alarm && "/drift?tab=alarms",
  "drift-compare": alarm && other && `/drift?tab=compare&model=${alarm.model}&other=${other}`,
  probes: "/drift?tab=probes",
  audit: "/audit",
  login: "/login",
};

const every = Object.keys(PAGES).flatMap((page) =>
  ["light", "dark"].flatMap((theme) => Object.keys(SIZES).map((size) => [page, theme, size])),
);
const only = process.env.ONLY?.split(",");
const jobs = (process.env.ALL ? every : DOCS).filter(
  ([page]) => PAGES[page] && (only?.includes(page) ?? true),
);

async function shoot(browser, [page, theme, size]) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme,
    reducedMotion: "reduce",
    hasTouch: size === "phone",
  });
  const tab = await context.newPage();
  tab.on("pageerror", (error) => console.error(`${page}: ${error.message}`));
  tab.on(
    "console",
    (message) => message.type() === "error" && console.error(`${page}: ${message.text()}`),
  );
  await tab.goto(base + PAGES[page], { waitUntil: "load" });
  await tab.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
  await tab.evaluate(() => document.fonts.ready);
  await tab.waitForTimeout(400);
  const suffix = `${size === "phone" ? "-phone" : ""}${theme === "dark" ? "-dark" : ""}`;
  const name = ELSEWHERE.test(page) ? page : `console-${page}`;
  await tab.screenshot({ path: `${out}/${name}${suffix}.png` });
  await context.close();
}

const browser = await launchChromium();
if (!browser) {
  console.error("No chromium: set CHROMIUM to its path.");
  process.exit(1);
}
mkdirSync(out, { recursive: true });
for (const job of jobs) await shoot(browser, job);
await browser.close();
if (made && !fixture)
  await fetch(`${base}/api/v1/routes/${encodeURIComponent(EDITED)}`, {
    method: "DELETE",
    headers: { "if-match": `"${made.version}"` },
  });
await fixture?.close();
console.log(`${jobs.length} pictures in ${out}`);
