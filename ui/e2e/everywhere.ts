/** Every page of the real console, each with something on it. */
import { readFileSync } from "node:fs";
import { agentRun, send } from "./spans";

const ROUTER = readFileSync(new URL("../src/app/router.tsx", import.meta.url), "utf8");

/** The paths as the router writes them. */
export const ROUTES = [...ROUTER.matchAll(/^ {2}path: "([^"]+)"/gm)].map(([, path]) =>
  String(path),
);

/** By route: addresses to look at. What is made for them stays. */
export async function everyPage(base: string): Promise<Map<string, string[]>> {
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const headers = { "content-type": "application/json" };
    const how = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(`${base}/api/v1${path}`, how);
    if (!answer.ok && answer.status !== 409) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const run = await send(base, 0xe1, agentRun(true), { user_id: "ada" });
  const other = await send(base, 0xe2, agentRun(false), { user_id: "ada" });
  const { items: traces } = await ask<Listed<{ trace_id: string; status: string }>>(
    "/traces?status=error&limit=1",
  );
  const { items: sessions } = await ask<Listed<Made>>("/sessions?limit=5");
  const talks = sessions.map(({ id }) => encodeURIComponent(id));
  const view = await ask<Made>("/views", { name: "seen everywhere", page: "traces", query: {} });
  const rules = [{ name: "rivals", detector: "keywords", options: { words: ["Globex"] } }];
  await ask("/policies", { policy: { name: "everywhere", rules } });
  const key = await ask<Made>("/keys", { name: "everywhere", project: "default" });
  const budget = { limit_usd: 5 };
  await ask("/allowances", { scope: "user", name: "ada", budgets: [budget] });
  const { items: budgets } = await ask<Listed<Made>>("/budgets");
  const failed = traces[0] ? [`/traces/${traces[0].trace_id}`] : [];
  const pages: Record<string, string[]> = {
    "/": ["/", "/?group=model"],
    "/traces": ["/traces", `/traces?filter=${encodeURIComponent("kind:llm tokens > 10")}`],
    "/views/$viewId": [`/views/${view.id}`],
    "/traces/$traceId": [
      `/traces/${run}`,
      `/traces/${run}?show=graph`,
      ...["timing", "raw"].map((tab) => `/traces/${run}?tab=${tab}`),
      ...failed,
    ],
    "/compare": ["/compare", `/compare?a=${run}&b=${other}`],
    "/sessions/$sessionId": ["e2e", ...talks].map((id) => `/sessions/${id}`),
    "/users/$userId": ["/users/ada"],
    "/providers/$name": ["/providers/sim"],
    "/routes/edit": ["/routes/edit"],
    "/drift": ["/drift", ...["alarms", "compare", "probes"].map((tab) => `/drift?tab=${tab}`)],
    "/alerts": ["/alerts", ...["past", "rules", "channels"].map((tab) => `/alerts?tab=${tab}`)],
    "/guard/policies/$name": ["/guard/policies/strict", "/guard/policies/everywhere"],
    "/guard/policies/edit": ["/guard/policies/edit?name=everywhere"],
    "/budgets/$budgetId": budgets[0] ? [`/budgets/${budgets[0].id}`] : [],
    "/keys/$keyId": [`/keys/${key.id}`],
    "/projects/edit": ["/projects/edit", "/projects/edit?kind=organizations"],
  };
  const plain = ROUTES.filter((route) => !route.includes("$"));
  const own = Object.fromEntries(plain.map((route) => [route, [route]]));
  return new Map(Object.entries({ ...own, ...pages }));
}

interface Made {
  id: string;
}

interface Listed<Item> {
  items: Item[];
}
