/** States that a healthy console does not show, and hostile content: always the fixture server. */
import { afterEach, describe, expect, inject, test } from "vitest";
import { createFixtureServer } from "../dev/fixture-server/server.mjs";
import { DESKTOP, overflow, PHONE, setUpBrowser } from "./browser";

type Fixture = Awaited<ReturnType<typeof createFixtureServer>>;

const fixtures: Fixture[] = [];

// Hooks run in reverse order: the pages close before the server that they listen to.
afterEach(async () => {
  await Promise.all(fixtures.splice(0).map((fixture) => fixture.close()));
});

const { open } = setUpBrowser();

const isFocused = (element: Element) => element === document.activeElement;

async function start(state: string, rows = 400): Promise<Fixture> {
  const fixture = await createFixtureServer({
    state,
    rows,
    staticDir: inject("staticDir"),
    live: false,
  });
  fixtures.push(fixture);
  return fixture;
}

describe.skipIf(!inject("hasChromium"))("the console's other states", () => {
  test("without any trace it says how to send one, and lights up when it comes", async () => {
    const fixture = await start("empty");
    const page = await open(fixture.url);
    await page.getByText("Waiting for the first call").waitFor();
    await page.getByRole("button", { name: "Python" }).click();
    await page.getByText("from openai import OpenAI").waitFor();
    await page.getByRole("status", { name: /Live feed: Live/ }).waitFor();
    fixture.api.add();
    await page.getByRole("region", { name: "Totals" }).waitFor({ timeout: 4_000 });
  });

  test("an empty list points to the overview", async () => {
    const { url } = await start("empty");
    const page = await open(`${url}/traces`);
    await page.getByText("No traces yet").waitFor();
  });

  test("with a token it asks to log in and goes on where it was", async () => {
    const { url } = await start("token");
    const page = await open(`${url}/traces?status=error`, { expected: /401/ });
    await page.getByLabel("Access token").fill("wrong");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").getByText("not the access token").waitFor();
    await page.getByLabel("Access token").fill("let-me-in");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL(/\/traces\?status=error/);
    await page.locator("tbody tr").first().waitFor();
  });

  test("where there are users it asks for a password or leads to a provider", async () => {
    const { url } = await start("users");
    const page = await open(`${url}/traces?status=error`, { expected: /401/ });
    await page.getByLabel("Password").waitFor();
    const link = page.getByRole("link", { name: "Log in with Google" });
    expect(await link.getAttribute("href")).toBe("/sso/google?next=%2Ftraces%3Fstatus%3Derror");
    await page.getByRole("button", { name: "Forgot your password?" }).click();
    await page.getByRole("textbox", { name: "Address" }).fill("ann@example.com");
    await page.getByRole("button", { name: "Send a link" }).click();
    await page.getByRole("status").getByText("If ann@example.com has a log-in here").waitFor();
    await page.goto(`${url}/login?problem=signon_unknown`);
    await page.getByRole("alert").getByText("Ask somebody to invite you").waitFor();
    await page.setViewportSize(PHONE);
    expect(await overflow(page)).toBe(0);
  });

  test("a broken store is said in the server's words", async () => {
    const { url } = await start("broken");
    const page = await open(`${url}/traces`, { expected: /503/ });
    const alert = page.getByRole("alert");
    await alert.getByText("the disk is full").waitFor();
    await alert.getByText("store_unavailable").waitFor();
    await alert.getByRole("button", { name: "Try again" }).waitFor();
  });

  test("a trace that is not there", async () => {
    const { url } = await start("full");
    const page = await open(`${url}/traces/${"0".repeat(32)}`, { expected: /404/ });
    await page.getByText("There is no such trace").waitFor();
  });

  test("new traces slide in at the top and are counted further down", async () => {
    const fixture = await start("full");
    const page = await open(`${fixture.url}/traces`);
    await page.getByRole("status", { name: /Live feed: Live/ }).waitFor();
    await page.locator("tbody tr").first().waitFor();
    const added = fixture.api.add();
    await page.locator(`tbody a[href$="${added.trace_id}"]`).waitFor();
    await page.locator("table").evaluate((table) => table.parentElement?.scrollTo(0, 1_500));
    await expect.poll(() => page.locator(`tbody a[href$="${added.trace_id}"]`).count()).toBe(0);
    fixture.api.add();
    fixture.api.add();
    await page.getByRole("button", { name: "2 new" }).click();
    await page.locator(`tbody a[href$="${added.trace_id}"]`).waitFor();
  });

  test("a page whose code does not come says so, and comes when it is asked for again", async () => {
    const { url } = await start("full");
    const page = await open(`${url}/traces`, { expected: /./ });
    const link = page.locator("tbody a").first();
    await link.waitFor();
    await page.route("**/assets/TracePage*", (route) => route.abort());
    await link.click();
    const alert = page.getByRole("alert");
    await alert.getByText("This page cannot be loaded").waitFor();
    await page.unroute("**/assets/TracePage*");
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: "Back to the traces" }).waitFor();
  });

  test("notes fit their panel, and a dialog begins at its first field", async () => {
    const { url } = await start("full");
    for (const viewport of [DESKTOP, PHONE]) {
      const page = await open(`${url}/traces`, { viewport, expected: /404/ });
      await page.locator("tbody a").first().click();
      await page.getByRole("button", { name: "Notes" }).click();
      const panel = page.getByRole("dialog");
      await panel.getByRole("button", { name: "Add" }).waitFor();
      expect(await panel.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThan(1);
      await page.goto(`${url}/credentials`);
      await page.getByRole("button", { name: "Set a credential" }).click();
      await expect.poll(() => page.getByLabel("Name").evaluate(isFocused)).toBe(true);
    }
  });

  test("what a trace says is shown as text and nothing of it runs", async () => {
    const fixture = await start("full", 2_000);
    const hostile = fixture.api.find("onerror");
    const page = await open(`${fixture.url}/traces/${hostile}`);
    await page.getByText("<img src=x onerror=").first().waitFor();
    expect(await page.title()).not.toBe("pwned");
    expect(await page.locator("article img").count()).toBe(0);
  });

  test("long text is cut until asked for", async () => {
    const fixture = await start("full", 2_000);
    const long = fixture.api.find("retrying upstream call");
    const page = await open(`${fixture.url}/traces/${long}`);
    const more = page.getByRole("button", { name: /Show all .* characters/ });
    await more.click();
    await page.getByRole("button", { name: "Show less" }).waitFor();
  });

  test("a trace without captured content explains itself", async () => {
    const fixture = await start("full", 4_000);
    const silent = fixture.api.find('"capture":"none"');
    const page = await open(`${fixture.url}/traces/${silent}`);
    await page.getByText("Capture is off for this route").waitFor();
  });

  test("routes of the configuration are read only, resting targets stand out", async () => {
    const { url } = await start("full");
    const page = await open(`${url}/routes?model=fast`);
    const card = page.getByRole("article", { name: "Route fast" });
    await card.getByText("vedette.yaml:14").waitFor();
    expect(await card.getByRole("link", { name: "Edit" }).count()).toBe(0);
    await card.getByText(/resting \d+ s/).waitFor();
    const dry = page.getByRole("region", { name: "Dry run" });
    await dry.getByText("Rests: it is asked only when all others fail.").waitFor();
    await page.goto(`${url}/routes/edit?model=fast`);
    await page.getByText("fast stands in vedette.yaml:14").waitFor();
  });

  test("without routes the page says what they are for", async () => {
    const { url } = await start("empty");
    const page = await open(`${url}/routes`);
    await page.getByText("No routes yet").waitFor();
  });

  test("a spliced answer says what was done to it", async () => {
    const fixture = await start("full", 2_000);
    const spliced = fixture.api.find("vedette.splice.mode");
    const page = await open(`${fixture.url}/traces/${spliced}?tab=timing`);
    const attempts = page.getByRole("region", { name: "Attempts" });
    await attempts.getByText("broke off after 118 characters").waitFor();
    await attempts.getByText("top_k").waitFor();
    await attempts.getByText("continuation").waitFor();
    await attempts.getByRole("button", { name: "Copy: request id" }).first().waitFor();
  });

  test("the spans of an agent are a tree that keys walk through", async () => {
    const fixture = await start("full");
    const agent = fixture.api.rows.find((row) => row.span_count > 1 && row.status === "ok");
    const page = await open(`${fixture.url}/traces/${agent?.trace_id}`);
    const tree = page.getByRole("tree", { name: "Spans" });
    await expect.poll(() => tree.getByRole("treeitem").count()).toBe(7);
    await page.keyboard.press("j");
    await page.waitForURL(/span=/);
    await tree.getByRole("button", { name: /Close the 1 span below/ }).click();
    await expect.poll(() => tree.getByRole("treeitem").count()).toBe(6);
  });

  test("without keys, budgets and spending the pages say what they are for", async () => {
    const { url } = await start("empty");
    const page = await open(`${url}/keys`);
    await page.getByText("No keys yet").waitFor();
    await page.goto(`${url}/budgets`);
    await page.getByText("No budgets yet").waitFor();
    await page.goto(`${url}/limits`);
    await page.getByText("No limits in force").waitFor();
    await page.goto(`${url}/spend`);
    await page.getByText("No calls in this range").waitFor();
    await page.goto(`${url}/savings`);
    await page.getByText("Nothing to save").waitFor();
    await page.goto(`${url}/credentials`);
    await page.getByText("No credentials in the vault").waitFor();
  });

  test("money that cannot be read is said in the server's words", async () => {
    const { url } = await start("broken");
    for (const path of ["spend", "budgets", "limits", "savings", "cache", "keys", "projects"]) {
      const page = await open(`${url}/${path}`, { expected: /503/ });
      await page.getByRole("alert").first().getByText("the disk is full").waitFor();
    }
  });
});
