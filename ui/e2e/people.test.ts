/** Members, users and oneself, seen by each role: always the fixture server. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, inject, test } from "vitest";
import { createFixtureServer } from "../dev/fixture-server/server.mjs";
import { overflow, PHONE, setUpBrowser } from "./browser";

type Fixture = Awaited<ReturnType<typeof createFixtureServer>>;

const fixtures: Fixture[] = [];
afterEach(async () => {
  await Promise.all(fixtures.splice(0).map((fixture) => fixture.close()));
});
const { open } = setUpBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function start(as?: string): Promise<Fixture> {
  const fixture = await createFixtureServer({
    state: "full",
    rows: 200,
    staticDir: inject("staticDir"),
    live: false,
    as,
  });
  fixtures.push(fixture);
  return fixture;
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => id + " " + nodes[0].target.join(" ")))`,
  )) as string[];
}

describe.skipIf(!inject("hasChromium"))("people", () => {
  test("an owner invites somebody and gets a link to pass on, once", async () => {
    const { url } = await start("owner");
    const page = await open(`${url}/members`);
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("new@example.com");
    await dialog.getByLabel("Role").selectOption("custom");
    await dialog.getByRole("button", { name: "audit.read" }).click();
    await dialog.getByRole("button", { name: "search" }).click();
    await dialog.getByRole("button", { name: "Make the link" }).click();
    await dialog.getByText(/^http:\/\/127\.0\.0\.1:\d+\/login\?invitation=[0-9a-f]{48}$/).waitFor();
    await dialog.getByRole("button", { name: "I have it" }).click();
    const row = page.getByRole("row", { name: /new@example\.com Custom search/ });
    await row.getByRole("button", { name: /Withdraw/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("a member gets another role, and is removed", async () => {
    const { url } = await start("owner");
    const page = await open(`${url}/members`);
    await page.getByRole("button", { name: "Change the place of Mei Tanaka" }).click();
    await page.getByRole("dialog").getByLabel("Role").selectOption("admin");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    const row = page.getByRole("row", { name: /Mei Tanaka/ });
    await row.getByText("Admin").waitFor();
    await row.getByRole("button", { name: "Remove Mei Tanaka" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("an admin leaves owners alone", async () => {
    const { url } = await start("admin");
    const page = await open(`${url}/members`);
    const owner = page.getByRole("row", { name: /Omar Haddad/ });
    await owner.getByText("Changed by owners").waitFor();
    expect(await owner.getByRole("button").count()).toBe(0);
    await page.getByRole("button", { name: "Change the place of Mei Tanaka" }).click();
    const roles = page.getByRole("dialog").getByLabel("Role").getByRole("option");
    expect(await roles.allTextContents()).toEqual(["Viewer", "Member", "Admin"]);
  });

  test("whoever may do everything makes, disables and helps users", async () => {
    const { url } = await start("root");
    const page = await open(`${url}/members?tab=users`, { expected: /409/ });
    await page.getByRole("button", { name: "New user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("kim@example.com");
    await dialog.getByRole("button", { name: "Make the user" }).click();
    await dialog.getByText(/login\?reset=[0-9a-f]{48}/).waitFor();
    await dialog.getByRole("button", { name: "I have it" }).click();
    const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
    await row("kim@example.com").getByText("no password").waitFor();
    const act = async (name: string, item: string, action: string) => {
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("button", { name: `What to do with ${name}` }).click();
      await page.getByRole("menuitem", { name: item }).click();
      await page.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
    };
    await act("Omar Haddad", "Switch one-time codes off", "Switch off");
    await row("Omar Haddad")
      .getByText("one-time codes", { exact: true })
      .waitFor({ state: "detached" });
    await act("Mei Tanaka", "Disable", "Disable");
    await row("Mei Tanaka").getByText("disabled").waitFor();
    await act("Ruth Lindqvist", "Delete", "Delete");
    await page.getByRole("alert").getByText("Somebody has to be left").waitFor();
  });

  test("one sets up one-time codes and keeps the recovery codes", async () => {
    const { url } = await start("admin");
    const page = await open(`${url}/profile`, { expected: /401/ });
    await page.getByRole("button", { name: "Set up" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("img", { name: "QR code of the secret" }).waitFor();
    await dialog.getByLabel("Code that the app shows now").fill("000000");
    await dialog.getByLabel("Your password").fill("correct horse battery");
    await dialog.getByRole("button", { name: "Put in force" }).click();
    await dialog.getByRole("alert").getByText("The code does not fit").waitFor();
    await dialog.getByLabel("Code that the app shows now").fill("123456");
    await dialog.getByRole("button", { name: "Put in force" }).click();
    await expect.poll(() => dialog.getByRole("listitem").count()).toBe(10);
    await dialog.getByRole("button", { name: "I have them" }).click();
    await page.getByRole("button", { name: "Switch off" }).waitFor();
  });

  test("a personal token is shown once and revoked", async () => {
    const { url } = await start("member");
    const page = await open(`${url}/profile`);
    await page.getByRole("button", { name: "New token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("ci");
    expect(await dialog.getByRole("button", { name: "keys.manage" }).count()).toBe(0);
    await dialog.getByRole("button", { name: "calls.read" }).click();
    await dialog.getByRole("button", { name: "Make the token" }).click();
    await dialog.getByText(/^vdu_[0-9a-f]{48}$/).waitFor();
    await dialog.getByRole("button", { name: "I have it" }).click();
    const row = page.getByRole("row", { name: /^ci calls\.read/ });
    await row.getByRole("button", { name: "Revoke ci" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("sessions elsewhere are ended, one or all", async () => {
    const { url } = await start("viewer");
    const page = await open(`${url}/profile`);
    await page.getByRole("row", { name: /Firefox on Linux this one/ }).waitFor();
    await page.getByRole("button", { name: "End Safari on iPhone" }).click();
    await expect.poll(() => page.getByRole("row", { name: /Safari/ }).count()).toBe(0);
    await page.getByRole("button", { name: "End all others" }).click();
    await expect.poll(() => page.getByRole("row", { name: /curl/ }).count()).toBe(0);
  });

  test("a member asks within the projects that are theirs, and chooses", async () => {
    const { url } = await start("member");
    const asked: string[] = [];
    const page = await open(url);
    page.on("request", (request) => asked.push(request.url()));
    await page.getByRole("region", { name: "Totals" }).waitFor();
    await page.getByRole("button", { name: "Project: default" }).click();
    await page.getByRole("menuitemcheckbox", { name: "search" }).click();
    await page.getByRole("button", { name: "Project: search" }).waitFor();
    await expect
      .poll(() => asked.some((one) => /metrics\/summary.*project=prj_search/.test(one)))
      .toBe(true);
    await expect.poll(() => asked.some((one) => /live\?project=prj_search/.test(one))).toBe(true);
    await page.getByRole("link", { name: "Spend" }).click();
    await expect.poll(() => asked.some((one) => /usage.*project=prj_search/.test(one))).toBe(true);
    asked.length = 0;
    await page.reload();
    await page.getByRole("button", { name: "Project: search" }).waitFor();
    await expect.poll(() => asked.some((one) => one.includes("/api/v1/usage"))).toBe(true);
    expect(asked.filter((one) => /api\/v1\/usage(?!.*project=prj_search)/.test(one))).toEqual([]);
  });

  test("a view is shared, and its link leads to it in its project", async () => {
    const { url } = await start("member");
    const page = await open(`${url}/traces?status=error`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("button", { name: "Views" }).click();
    const panel = page.getByRole("dialog", { name: "Saved views" });
    await panel.getByLabel("Name of the view").fill("Failures");
    await panel.getByRole("button", { name: "Save" }).click();
    await panel.getByText("Yours alone").waitFor();
    await panel.getByRole("button", { name: "Share Failures" }).click();
    await panel.getByText("Shared with the project", { exact: true }).first().waitFor();
    await panel.getByRole("button", { name: "Copy the link of Failures" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/\/views\/[0-9a-f]{16}\?project=default$/);
    await page.goto(link);
    await page.waitForURL(/\/traces\?status=error/);
  });

  test("a viewer saves no views", async () => {
    const { url } = await start("viewer");
    const page = await open(`${url}/traces`);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByText("Saving views needs the permission calls.write.").waitFor();
  });

  test("pages that one may not use are not in the navigation", async () => {
    const pages = async (as?: string) => {
      const { url } = await start(as);
      const page = await open(url);
      const nav = page.getByRole("navigation", { name: "Pages" });
      if (as) await page.getByRole("button", { name: /^You: / }).waitFor();
      return (await nav.getByRole("link").allTextContents()).join(" ");
    };
    expect(await pages("viewer")).not.toMatch(/Members|Keys|Credentials|Audit/);
    expect(await pages("admin")).toMatch(/Keys.*Members.*Audit/);
    expect(await pages("admin")).not.toMatch(/Credentials/);
    expect(await pages()).toMatch(/Members.*Credentials/);
  });

  test("without users the page says what the first one changes", async () => {
    const { url } = await start();
    const page = await open(`${url}/members`);
    await page.getByText("Nobody has a log-in of their own yet").waitFor();
    await page.goto(`${url}/profile`);
    await page.getByText("You are nobody in particular").waitFor();
  });

  test.each(["light", "dark"] as const)(
    "no serious fault, and room on a phone, %s",
    async (colorScheme) => {
      const { url } = await start("root");
      for (const path of ["/members", "/members?tab=users", "/profile"]) {
        const page = await open(`${url}${path}`, { colorScheme, viewport: PHONE });
        await page.getByRole("table").first().waitFor();
        expect(await overflow(page), path).toBeLessThanOrEqual(0);
        expect(await faults(page), path).toEqual([]);
        await page.context().close();
      }
    },
  );
});
