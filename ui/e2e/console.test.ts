/** The main paths, on whatever console the setup names: a real one or the fixture server. */
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { overflow, PHONE, setUpBrowser } from "./browser";

const base = inject("baseUrl");
const { open } = setUpBrowser();

const rows = (page: Page) => page.locator("tbody tr");
const count = async (page: Page) =>
  Number(await page.locator("table").getAttribute("aria-rowcount"));

async function api<T>(path: string): Promise<T> {
  const response = await fetch(`${base}/api/v1${path}`);
  return (await response.json()) as T;
}

interface Row {
  trace_id: string;
  models: string[];
}

async function someTrace(query: string): Promise<Row> {
  const { items } = await api<{ items: Row[] }>(`/traces?limit=1&${query}`);
  if (!items[0]) throw new Error(`The console has no trace with ${query}.`);
  return items[0];
}

interface Call {
  trace_id: string;
  parent_span_id: string | null;
  input: unknown;
}

/** A call that is a trace of its own and kept its messages: its page opens on the conversation. */
async function someCall(says = ""): Promise<Call> {
  const { items } = await api<{ items: Call[] }>("/spans?kind=llm&status=ok&limit=1000");
  const call = items.find(
    ({ parent_span_id, input }) =>
      !parent_span_id &&
      Array.isArray(input) &&
      input.length > 0 &&
      JSON.stringify(input).includes(says),
  );
  if (!call) throw new Error(`The console has no call that says ${says || "anything"}.`);
  return call;
}

describe.skipIf(!inject("hasChromium"))("the console", () => {
  test("nobody is asked to log in where there is nothing to log in to", async () => {
    const page = await open(`${base}/login?next=%2Fproviders`);
    await page.waitForURL(`${base}/providers`);
    await page.goto(`${base}/login?next=%2F%09%2Fevil.example`);
    await page.waitForURL(`${base}/`);
    await page.getByRole("region", { name: "Totals" }).waitFor();
  });

  test("the overview shows totals, charts and models", async () => {
    const page = await open(`${base}/?range=30d`);
    const tiles = page.getByRole("region", { name: "Totals" });
    await tiles.getByText("Error rate").waitFor();
    await expect.poll(() => tiles.textContent()).toMatch(/Requests\s*[1-9]/);
    await expect.poll(() => page.locator(".uplot canvas").count()).toBe(5);
    const { models } = await someTrace("");
    await page
      .getByRole("region", { name: "Top models" })
      .getByRole("link", { name: models[0] ?? "", exact: true })
      .waitFor();
    expect(await overflow(page)).toBe(0);
  });

  test("range and grouping live in the URL", async () => {
    const page = await open(`${base}/`);
    await page.getByRole("button", { name: "Last 1 hour" }).click();
    await page.getByRole("button", { name: "Last 6 hours" }).click();
    await page.waitForURL(/range=6h/);
    await page.getByRole("button", { name: "Model", exact: true }).click();
    await page.waitForURL(/group=model/);
    await page.reload();
    await page.getByRole("button", { name: "Last 6 hours" }).waitFor();
    expect(
      await page.getByRole("button", { name: "Model", exact: true }).getAttribute("aria-pressed"),
    ).toBe("true");
  });

  test("dragging over a chart zooms in", async () => {
    const page = await open(`${base}/?range=24h`);
    const plot = page.locator(".u-over").first();
    const box = await plot.boundingBox();
    if (!box) throw new Error("The chart is not drawn.");
    await page.mouse.move(box.x + box.width * 0.4, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 50, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/from=.*&to=/);
    const query = new URL(page.url()).searchParams;
    const hours =
      (Date.parse(query.get("to") ?? "") - Date.parse(query.get("from") ?? "")) / 3_600_000;
    expect(hours).toBeGreaterThan(4.3);
    expect(hours).toBeLessThan(5.3);
  });

  test("filters narrow the list, stand in the URL and can be taken away", async () => {
    const page = await open(`${base}/traces`);
    await rows(page).first().waitFor();
    await page.getByRole("button", { name: "Status" }).click();
    await page.getByRole("menuitemcheckbox", { name: "error" }).click();
    await page.waitForURL(/status=error/);
    await expect.poll(() => rows(page).filter({ hasNotText: "error" }).count()).toBe(0);
    expect(await rows(page).count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: /Remove filter Status/ }).click();
    await page.waitForURL((url) => !url.search.includes("status"));
    await expect.poll(() => rows(page).filter({ hasNotText: "error" }).count()).toBeGreaterThan(0);
  });

  test("the search finds nothing politely", async () => {
    const page = await open(`${base}/traces?range=15m`);
    await rows(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("no-such-phrase-anywhere");
    await page.waitForURL(/q=no-such-phrase-anywhere/);
    await page.getByText("No trace matches").waitFor();
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await rows(page).first().waitFor();
  });

  test("more rows come as the reader goes down, few are drawn", async () => {
    const page = await open(`${base}/traces`);
    await rows(page).first().waitFor();
    await page.keyboard.press("l");
    const before = await count(page);
    expect(before).toBeGreaterThanOrEqual(100);
    await page.locator("table").evaluate((table) => table.parentElement?.scrollTo(0, 1e6));
    await expect.poll(() => count(page)).toBeGreaterThan(before);
    expect(await rows(page).count()).toBeLessThan(80);
  });

  test("keys walk through the list and into a trace and back", async () => {
    const page = await open(`${base}/traces`);
    await rows(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const chosen = page.locator("tr[aria-selected=true]");
    const href = await chosen.getByRole("link").getAttribute("href");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${href}`);
    await page.getByRole("tab", { name: "Conversation" }).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/traces$/);
    await expect.poll(() => chosen.getByRole("link").getAttribute("href")).toBe(href);
  });

  test("help and commands open by key and close by Escape", async () => {
    const page = await open(`${base}/traces`);
    await rows(page).first().waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("prov");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/providers$/);
    await page.getByRole("article").first().waitFor();
  });

  test("a trace shows conversation, timing and raw bodies", async () => {
    const { trace_id } = await someCall();
    const page = await open(`${base}/traces/${trace_id}`);
    await page.getByRole("article").first().waitFor();
    await page.getByRole("tab", { name: "Timing" }).click();
    await page.getByRole("heading", { name: "Attempts" }).waitFor();
    await page.getByRole("tab", { name: "Raw" }).click();
    await page.waitForURL(/tab=raw/);
    await page
      .getByRole("region", { name: "Attributes" })
      .getByText("gen_ai.request.model")
      .waitFor();
    expect(await overflow(page)).toBe(0);
  });

  test("tool calls stand beside their results", async () => {
    const { trace_id } = await someCall("tool_call_response");
    const page = await open(`${base}/traces/${trace_id}`);
    const tool = page.getByRole("heading", { name: "Arguments" }).first();
    await tool.waitFor();
    await page.getByRole("heading", { name: "Result" }).first().waitFor();
  });

  test.skipIf(!process.env.E2E_GATEWAY)("a call through the gateway shows up at once", async () => {
    const page = await open(`${base}/traces`);
    await rows(page).first().waitFor();
    await page.getByRole("status", { name: /Live feed: Live/ }).waitFor();
    const session = `live-${Date.now()}`;
    const answer = await fetch(`${process.env.E2E_GATEWAY}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-vedette-session": session },
      body: JSON.stringify({ model: "sim/chat", messages: [{ role: "user", content: "Hello!" }] }),
    });
    expect(answer.status).toBe(200);
    const ended = performance.now();
    await page.getByTitle(session).waitFor();
    expect(performance.now() - ended).toBeLessThan(2_000);
  });

  test("totals count what is in the range only", async () => {
    type Summary = { current: { requests: number } };
    const { current } = await api<Summary>(
      "/metrics/summary?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z",
    );
    expect(current.requests).toBe(0);
  });

  test("an error is shown first", async () => {
    const { trace_id } = await someTrace("status=error");
    const page = await open(`${base}/traces/${trace_id}`);
    await page.getByRole("alert").getByText("This span failed").waitFor();
  });

  test("a view is saved, opened and deleted", async () => {
    const page = await open(`${base}/traces?status=ok`);
    const name = `e2e ${Date.now()}`;
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Name of the view").fill(name);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name, exact: true }).waitFor();
    await page.goto(`${base}/traces`);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("button", { name, exact: true }).click();
    await page.waitForURL(/status=ok/);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await page.getByRole("button", { name, exact: true }).waitFor({ state: "detached" });
  });

  test("the export is a download with the filters", async () => {
    const page = await open(`${base}/traces?status=error&range=24h`);
    await page.getByRole("button", { name: "Export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("radio", { name: /CSV/ }).check();
    await page.getByRole("button", { name: "Download" }).click();
    const url = (await download).url();
    expect(url).toContain("status=error");
    expect(url).toContain("format=csv");
  });

  test("the chosen theme stays", async () => {
    const page = await open(`${base}/providers`, { colorScheme: "light" });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole("button", { name: /Theme: system/ }).click();
    await page.getByRole("button", { name: /Theme: light/ }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await background()).toBe(dark);
  });

  test("a provider shows its targets, its last hour and how attempts ended", async () => {
    const { items } = await api<{ items: { name: string; requests: number }[] }>("/providers");
    const busy = items.find((one) => one.requests > 0);
    const page = await open(`${base}/providers`);
    await page
      .getByRole("article", { name: `Provider ${busy?.name}` })
      .getByRole("link", { name: "Details" })
      .click();
    await page.waitForURL(/\/providers\/.+/);
    const targets = page.getByRole("region", { name: "Targets" });
    await targets.getByRole("listitem").first().waitFor();
    await targets.getByRole("img").first().waitFor();
    await page.getByRole("region", { name: "Attempts by outcome" }).getByText("ok").waitFor();
    await expect.poll(() => page.locator(".uplot canvas").count()).toBe(2);
    await page.getByRole("link", { name: "All providers" }).click();
    await page.waitForURL(/\/providers$/);
  });

  test("a provider that is not there", async () => {
    const page = await open(`${base}/providers/nobody`, { expected: /404/ });
    await page.getByText("No provider is called nobody").waitFor();
  });

  test("a route is tried while it is written, made, changed and deleted", async () => {
    const name = `e2e/${Date.now()}`;
    const page = await open(`${base}/routes/edit`);
    const form = page.getByRole("form", { name: "Route" });
    const dry = page.getByRole("region", { name: "Dry run" });
    await form.getByLabel("Model name").fill(name);
    await form.getByLabel("Provider").selectOption("sim");
    await form.getByLabel("Model there").fill("chat");
    await dry.getByText(`'${name}' is the name of a route.`).waitFor();
    await dry.getByText("sim/chat").waitFor();
    await form.getByRole("button", { name: "Create route" }).click();
    await page.waitForURL(/\/routes\?model=/);
    const card = page.getByRole("article", { name: `Route ${name}` });
    await card.getByText("Fallback").waitFor();
    await card.getByRole("link", { name: "Edit" }).click();
    await form.getByLabel("Strategy").selectOption("round-robin");
    await form.getByRole("button", { name: "Add a target" }).click();
    await form.getByLabel("Provider").nth(1).selectOption("sim");
    await form.getByLabel("Model there").nth(1).fill("other");
    await form.getByRole("button", { name: "Move target 2 up" }).click();
    await form.getByRole("button", { name: "Save" }).click();
    await card.getByText("Round robin").waitFor();
    expect(await card.getByRole("listitem").allTextContents()).toEqual([
      expect.stringContaining("sim/other"),
      expect.stringContaining("sim/chat"),
    ]);
    await card.getByRole("button", { name: `Delete route ${name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await card.waitFor({ state: "detached" });
  });

  test("what is wrong with a route stands at its field", async () => {
    const page = await open(`${base}/routes/edit`, { expected: /400/ });
    const field = page.getByRole("form", { name: "Route" }).getByLabel("Model name");
    await field.fill("no spaces please");
    await page.getByRole("button", { name: "Create route" }).click();
    await page.getByRole("form").getByRole("alert").getByText("It is not kept").waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(page.url()).toContain("/routes/edit");
  });

  test("a dry run stands in the URL", async () => {
    const page = await open(`${base}/routes`);
    const dry = page.getByRole("region", { name: "Dry run" });
    await dry.getByText("Name a model").waitFor();
    await dry.getByLabel("Model").fill("fast");
    await dry.getByRole("button", { name: "tools" }).click();
    await dry.getByLabel("Client").selectOption("anthropic");
    await page.waitForURL(/model=fast.*client=anthropic|client=anthropic.*model=fast/);
    await dry.getByRole("heading", { name: "How the name is understood" }).waitFor();
    await page.reload();
    expect(await dry.getByLabel("Model").inputValue()).toBe("fast");
    expect(await dry.getByRole("button", { name: "tools" }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    await dry.getByRole("heading", { name: "How the name is understood" }).waitFor();
  });

  test("an unknown address says so and leads back", async () => {
    const page = await open(`${base}/nowhere/at/all`);
    await page.getByText("There is no such page").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Traces" }).click();
    await rows(page).first().waitFor();
  });

  test.each(["light", "dark"] as const)("every page fits a phone, %s", async (colorScheme) => {
    const { trace_id } = await someTrace("status=ok");
    const page = await open(`${base}/?range=30d`, { colorScheme, viewport: PHONE, hasTouch: true });
    for (const path of [
      "/?range=30d",
      "/traces",
      `/traces/${trace_id}`,
      `/traces/${trace_id}?tab=raw`,
      "/providers",
      "/providers/sim",
      "/routes?model=sim/chat",
      "/routes/edit",
    ]) {
      await page.goto(base + path);
      await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
      expect(await overflow(page), path).toBe(0);
    }
    await page.getByRole("link", { name: "Traces", exact: true }).first().tap();
    await rows(page).first().waitFor();
  });
});
