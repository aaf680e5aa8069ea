/**
 * What each role finds open, on the real thing with users: no page that is offered is refused, and
 * what is not for a role is not offered.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { go, settle, setUpBrowser } from "./browser";
import { startServe } from "./served.mjs";
import { agentRun, send } from "./spans";

const { open } = setUpBrowser();
const PASSWORD = "correct horse battery staple";

/** Roles in a project, and with `of all`, in their whole organization. */
const ROLES = ["viewer", "member", "admin", "owner"] as const;
const PEOPLE = [...ROLES, ...ROLES.map((role) => `${role} of all` as const)];
type Who = (typeof PEOPLE)[number] | "root" | "guard alone";

const CALLS = ["Overview", "Traces", "Sessions", "Users", "Drift", "Live tail", "Alerts"];
const GATEWAY = ["Providers", "Routes", "Cache", "Guard"];
const MONEY = ["Spend", "Budgets", "Limits", "Savings"];
const SEEN = [...CALLS, ...GATEWAY, ...MONEY];
const OF_ALL = ["Keys", "Projects", "Members", "Audit"];
const NAVIGATION: Record<Exclude<Who, "guard alone">, string[]> = {
  viewer: [...SEEN, "Projects"],
  member: [...SEEN, "Projects"],
  admin: [...SEEN, "Keys", "Projects"],
  owner: [...SEEN, "Keys", "Projects"],
  "viewer of all": [...SEEN, "Projects"],
  "member of all": [...SEEN, "Projects"],
  "admin of all": [...SEEN, ...OF_ALL],
  "owner of all": [...SEEN, ...OF_ALL],
  root: [...SEEN, "Keys", "Projects", "Members", "Credentials", "Audit"],
};

const MANAGERS: Who[] = ["admin", "owner", "admin of all", "owner of all", "root"];
const ORGANIZERS: Who[] = ["admin of all", "owner of all", "root"];
const WRITERS: Who[] = ["member", "member of all", ...MANAGERS];
const EVERYBODY: Who[] = [...PEOPLE, "root"];

/** Pages behind the navigation and their parts, and to whom they are open. */
const PAGES: [string, Who[]][] = [
  ...[
    "/",
    "/traces",
    "/sessions",
    "/sessions/e2e",
    "/users",
    "/users/ada",
    "/drift",
    "/drift?tab=alarms",
    "/drift?tab=compare",
    "/drift?tab=probes",
    "/tail",
    "/alerts",
    "/alerts?tab=past",
    "/alerts?tab=rules",
    "/alerts?tab=channels",
    "/providers",
    "/providers/sim",
    "/routes",
    "/cache",
    "/guard",
    "/guard/findings",
    "/guard/policies",
    "/guard/policies/strict",
    "/guard/exceptions",
    "/spend",
    "/budgets",
    "/limits",
    "/savings",
    "/projects",
    "/profile",
    "/start",
    "/compare",
  ].map((path): [string, Who[]] => [path, EVERYBODY]),
  ...["/keys", "/keys/edit", "/budgets/edit", "/guard/policies/edit?from=strict"].map(
    (path): [string, Who[]] => [path, MANAGERS],
  ),
  ["/members", ORGANIZERS],
  ["/audit", ORGANIZERS],
  ["/projects/edit", ["owner of all", "root"]],
  ["/projects/edit?kind=organizations", ["root"]],
  ["/routes/edit", ["root"]],
  ["/credentials", ["root"]],
];

/** What can be done where, by its name, and who may. */
const ACTIONS: [string, string, Who[]][] = [
  ["/drift", "New baseline", WRITERS],
  ["/drift?tab=probes", "New probe", MANAGERS],
  ["/alerts?tab=rules", "New rule", MANAGERS],
  ["/alerts", "Channels", MANAGERS],
  ["/guard/policies", "New policy", MANAGERS],
  ["/guard/policies/strict", "Begin from it", MANAGERS],
  ["/guard/policies/strict", "Replay", MANAGERS],
  ["/guard/exceptions", "Add", ["root"]],
  ["/budgets", "New budget", MANAGERS],
  ["/limits", "New limit", MANAGERS],
  ["/cache", "Forget answers", MANAGERS],
  ["/routes", "New route", ["root"]],
  ["/projects", "New project", ["owner of all", "root"]],
  ["/projects", "New organization", ["root"]],
  ["/users/ada", "Forget this user…", MANAGERS],
];

const COOKIE = {
  domain: "127.0.0.1",
  path: "/",
  expires: -1,
  httpOnly: true,
  secure: false,
  sameSite: "Strict" as const,
};

type Cookie = typeof COOKIE & { name: string; value: string };

interface World {
  url: string;
  project: string;
  cookies: Map<Who, Cookie>;
  stop: () => Promise<void>;
}

describe.skipIf(!inject("hasChromium") || !inject("isReal"))("roles", () => {
  test("without users everything is open on this machine", async () => {
    await send(inject("baseUrl"), 0xb2, agentRun(true), { user_id: "ada" });
    const page = await open(inject("baseUrl"));
    const closed = page.getByRole("heading", { name: /is not open to you|is not yours to edit/ });
    for (const [path] of PAGES) {
      await go(page, path);
      expect(await closed.count(), path).toBe(0);
      expect(await page.getByRole("alert").allTextContents(), path).toEqual([]);
    }
  }, 240_000);

  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  }, 300_000);
  afterAll(() => world?.stop());

  async function enter(who: Who): Promise<{ page: Page; refused: string[] }> {
    const cookie = world.cookies.get(who);
    if (!cookie) throw new Error(`Nobody is ${who}.`);
    const page = await open(`${world.url}/login`, {
      expected: /Failed to load resource/,
      storageState: { cookies: [cookie], origins: [] },
    });
    const refused: string[] = [];
    page.on("response", (answer) => {
      if (answer.status() >= 400)
        refused.push(`${answer.status()} ${answer.url().slice(world.url.length)}`);
    });
    await page.goto(world.url);
    await settle(page);
    return { page, refused };
  }

  test.each([...PEOPLE, "root" as const])("%s finds what the navigation offers", async (who) => {
    const { page, refused } = await enter(who);
    const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
    await expect
      .poll(async () => (await links.allTextContents()).map((text) => text.replace(/\d$/, "")))
      .toEqual(NAVIGATION[who]);
    expect(refused).toEqual([]);
  });

  test.each([...PEOPLE, "root" as const])(
    "nothing that %s may open is refused",
    async (who) => {
      const { page, refused } = await enter(who);
      const closed = page.getByRole("heading", { name: /is not open to you|is not yours to edit/ });
      for (const [path, whose] of PAGES) {
        await go(page, path);
        expect(`${path} ${(await closed.count()) ? "closed" : "open"}`).toBe(
          `${path} ${whose.includes(who) ? "open" : "closed"}`,
        );
        expect(await page.getByRole("alert").allTextContents(), path).toEqual([]);
        expect(refused, path).toEqual([]);
      }
    },
    240_000,
  );

  test.each([...PEOPLE, "root" as const])(
    "%s is offered what may be done",
    async (who) => {
      const { page } = await enter(who);
      for (const [path, name, whose] of ACTIONS) {
        await go(page, path);
        const found = page
          .getByRole("main")
          .getByRole("button", { name, exact: true })
          .or(page.getByRole("main").getByRole("link", { name, exact: true }))
          .or(page.getByRole("main").getByRole("radio", { name, exact: true }));
        await expect
          .poll(async () => `${path} ${name} ${await found.count()}`)
          .toBe(`${path} ${name} ${whose.includes(who) ? 1 : 0}`);
      }
    },
    240_000,
  );

  test("a member tags a trace and saves a view", async () => {
    const { page, refused } = await enter("member");
    await go(page, `/traces/${"0".repeat(30)}b1`);
    await page.getByRole("button", { name: "Notes", exact: true }).click();
    await page.getByLabel("New tag").fill("seen");
    await page.getByLabel("New tag").press("Enter");
    await page.getByRole("button", { name: "Remove tag seen" }).waitFor();
    await go(page, "/traces?status=error");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Name of the view").fill("errors");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("errors").first().waitFor();
    expect(refused).toEqual([]);
  });

  test("an admin of a project makes a key, a budget and a policy for it", async () => {
    const { page, refused } = await enter("admin");
    await go(page, "/keys/edit");
    await page.getByLabel("Name").fill("ci");
    await page.getByRole("button", { name: "Create key" }).click();
    await page.getByRole("dialog").getByText(/^vdt_/).waitFor();
    await go(page, "/budgets/edit");
    await page.getByLabel("USD").first().fill("5");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.waitForURL(/\/budgets$/);
    await go(page, "/guard/policies/edit?from=strict");
    await page.getByPlaceholder("support-bot").fill("ours");
    await page.getByRole("button", { name: "Keep as a draft" }).click();
    await page.waitForURL(/\/guard\/policies\/ours/);
    await page.getByRole("button", { name: "Publish…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByText("version 1 live").waitFor();
    expect(refused).toEqual([]);
  });

  test("who may use the guard alone is where he belongs, and told what else needs", async () => {
    const { page, refused } = await enter("guard alone");
    const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
    await expect
      .poll(async () => (await links.allTextContents()).map((text) => text.replace(/\d$/, "")))
      .toEqual(["Providers", "Routes", "Projects"]);
    await page.getByRole("heading", { name: /is not open to you/ }).waitFor();
    await go(page, "/projects");
    await page.getByRole("cell", { name: "default" }).first().waitFor();
    expect(refused).toEqual([]);
  });

  test("a policy that is not one's own is shown without what changes it", async () => {
    const root = await enter("root");
    await go(root.page, "/guard/policies/edit?from=strict");
    await root.page.getByPlaceholder("support-bot").fill("theirs");
    await root.page.getByText("Whose calls it is for", { exact: false }).click();
    await root.page.getByLabel("Organizations").first().fill("default");
    await root.page.getByRole("button", { name: "Keep as a draft" }).click();
    await root.page.waitForURL(/\/guard\/policies\/theirs/);
    const viewer = await enter("viewer of all");
    await go(viewer.page, "/guard/policies/theirs");
    await viewer.page.getByRole("region", { name: "State" }).waitFor();
    expect(await viewer.page.getByRole("button", { name: "Publish…" }).count()).toBe(0);
    const admin = await enter("admin of all");
    await go(admin.page, "/guard/policies/theirs");
    await admin.page.getByRole("button", { name: "Publish…" }).waitFor();
    expect([...viewer.refused, ...admin.refused]).toEqual([]);
  });
});

async function makeWorld(): Promise<World> {
  const served = await startServe();
  const { url } = served;
  let cookie = "";
  const ask = async (method: string, path: string, body: unknown, as: string = cookie) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", origin: url, cookie: as },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer;
  };
  const logIn = async (email: string) => {
    const answer = await ask("POST", "/session", { email, password: PASSWORD }, "");
    return String(answer.headers.get("set-cookie")).replace(/;.*/, "");
  };
  await send(url, 0xb1, agentRun(true), { user_id: "ada" });
  await ask("POST", "/users", { email: "root@example.com", password: PASSWORD, is_root: true });
  cookie = await logIn("root@example.com");
  const project = ((await (await ask("POST", "/projects", { name: "search" })).json()) as Made).id;
  const cookies = new Map<Who, string>([["root", cookie]]);
  for (const who of [...PEOPLE, "guard alone"] as const) {
    const [role = "", ofAll] = who.split(" ");
    const email = `${who.replaceAll(" ", ".")}@example.com`;
    const made = await ask("POST", "/users", { email, name: who, password: PASSWORD });
    const { user } = (await made.json()) as { user: Made };
    const place =
      who === "guard alone"
        ? { role: "custom", projects: ["default"], permissions: ["guard.use"] }
        : { role, projects: ofAll ? [] : ["default"] };
    await ask("PUT", `/members/default/${user.id}`, place);
    cookies.set(who, await logIn(email));
  }
  const split = [...cookies].map(([who, text]) => {
    const at = text.indexOf("=");
    const [name, value] = [text.slice(0, at), text.slice(at + 1)];
    return [who, { ...COOKIE, name, value }] as const;
  });
  return { url, project, cookies: new Map(split), stop: served.stop };
}

interface Made {
  id: string;
}
