/** From a console without users to people with passwords, codes and tokens: the real thing alone. */
import { createHmac } from "node:crypto";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { setUpBrowser } from "./browser";
import { startServe } from "./served.mjs";

const { open } = setUpBrowser();
const PASSWORD = "correct horse battery staple";
const NEXT_PASSWORD = "another long password";
const ANN = "ann@example.com";
/** Refusals that belong to what is tried. */
const expected = /Failed to load resource/;

describe.skipIf(!inject("hasChromium") || !inject("isReal"))("the way in", () => {
  let url = "";
  let stop: (() => Promise<void>) | undefined;
  // A second try begins without users, too.
  beforeEach(async () => {
    const served = await startServe();
    url = served.url;
    stop = served.stop;
  }, 300_000);
  afterEach(() => stop?.());

  test("the first user, an invitation, codes, a token, a new password, and guesses", async () => {
    const root = await open(`${url}/members`, { expected });
    await root.getByRole("button", { name: "Make the first user" }).click();
    await root.getByLabel("Address").fill("root@example.com");
    await root.getByRole("button", { name: "Make the user" }).click();
    await root.goto(await linkOf(root));
    await root.getByLabel("New password").fill("short");
    await root.getByRole("button", { name: "Set the password" }).click();
    await root.getByRole("alert").waitFor();
    await root.getByLabel("New password").fill(PASSWORD);
    await root.getByRole("button", { name: "Set the password" }).click();
    await root.getByRole("navigation", { name: "Pages" }).waitFor();

    const stranger = await open(`${url}/traces`, { expected });
    await stranger.waitForURL(/\/login/);

    await root.goto(`${url}/members`);
    await root.getByRole("button", { name: "Invite" }).click();
    await root.getByRole("dialog").getByLabel("Address").fill(ANN);
    await root.getByRole("dialog").getByLabel("Role").selectOption("member");
    await root.getByRole("button", { name: "Make the link" }).click();
    const invitation = await linkOf(root);
    await root.getByRole("button", { name: "I have it" }).click();

    const ann = await open(invitation, { expected });
    await ann.getByLabel("Name").fill("Ann");
    await ann.getByLabel("Password").fill(PASSWORD);
    await ann.getByRole("button", { name: "Accept the invitation" }).click();
    await ann.getByRole("navigation", { name: "Pages" }).waitFor();
    // It is good once.
    await stranger.goto(invitation);
    await stranger.getByLabel("Password").fill(PASSWORD);
    await stranger.getByRole("button", { name: "Accept the invitation" }).click();
    await stranger.getByRole("alert").getByText("was used, or is too old").waitFor();

    await ann.goto(`${url}/profile`);
    const codes = ann.getByRole("region", { name: "One-time codes" });
    await codes.getByRole("button").first().click();
    const dialog = ann.getByRole("dialog");
    const secret = (await dialog.locator("code").first().innerText()).replaceAll(" ", "");
    await dialog.getByLabel("Code that the app shows now").fill(codeOf(secret));
    await dialog.getByLabel("Your password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Put in force" }).click();
    const list = ann.getByRole("list", { name: "Recovery codes" });
    await list.waitFor();
    const recovery = await list.getByRole("listitem").allInnerTexts();
    expect(recovery.length).toBeGreaterThan(5);
    await ann.getByRole("button", { name: "I have them" }).click();

    const tokens = ann.getByRole("region", { name: "Personal tokens" });
    await tokens.getByRole("button").first().click();
    await dialog.getByLabel("Name").fill("reader");
    await dialog.getByRole("button", { name: "usage.read" }).click();
    await dialog.getByRole("button", { name: "Make the token" }).click();
    const token = await dialog.getByText(/^vdu_/).innerText();
    expect(await asProgram(token, "/usage?project=default")).toBe(200);
    expect(await asProgram(token, "/traces")).toBe(403);
    expect(await asProgram(token, "/users")).toBe(403);
    expect(await asProgram(`${token}x`, "/usage?project=default")).toBe(401);

    await logIn(stranger, PASSWORD);
    await stranger.getByLabel("Code of your app").fill("000000");
    await stranger.getByRole("button", { name: "Log in", exact: true }).click();
    await stranger.getByRole("alert").waitFor();
    await stranger.getByLabel("Code of your app").fill(String(recovery[0]));
    await stranger.getByRole("button", { name: "Log in", exact: true }).click();
    await stranger.getByRole("navigation", { name: "Pages" }).waitFor();

    await root.goto(`${url}/members?tab=users`);
    await root.getByRole("button", { name: "What to do with Ann" }).click();
    await root.getByRole("menuitem", { name: "Link for a new password" }).click();
    await root.getByRole("dialog").getByRole("button").last().click();
    const reset = await open(await linkOf(root), { expected });
    await reset.getByLabel("New password").fill(NEXT_PASSWORD);
    await reset.getByRole("button", { name: "Set the password" }).click();
    // Codes are asked for as before, and the sessions until then are over.
    await reset.getByRole("alert").waitFor();
    await ann.goto(`${url}/traces`);
    await ann.waitForURL(/\/login/);
    await logIn(ann, NEXT_PASSWORD);
    await ann.getByLabel("Code of your app").fill(String(recovery[1]));
    await ann.getByRole("button", { name: "Log in", exact: true }).click();
    await ann.getByRole("navigation", { name: "Pages" }).waitFor();

    const cookie = (await ann.context().cookies()).find(({ name }) => name === "vedette_session");
    expect([cookie?.httpOnly, cookie?.sameSite]).toEqual([true, "Strict"]);
    const foreign = await fetch(`${url}/api/v1/views`, {
      method: "POST",
      headers: {
        origin: "https://evil.example",
        "content-type": "application/json",
        cookie: `vedette_session=${cookie?.value}`,
      },
      body: '{"name": "x"}',
    });
    expect(foreign.status).toBe(403);

    const guessing = await open(`${url}/login`, { expected });
    // One guess comes back every six seconds, so they are made faster than a page can be.
    let answer = "";
    for (let round = 0; round < 5 && !answer.includes("Too many"); round += 1) {
      await Promise.all(Array.from({ length: 20 }, (_, guess) => guessAsProgram(`wrong ${guess}`)));
      await logIn(guessing, "wrong password");
      answer = await guessing.getByRole("alert").innerText();
    }
    expect(answer).toContain("Too many");
  }, 240_000);

  async function guessAsProgram(password: string): Promise<void> {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ email: ANN, password });
    await (await fetch(`${url}/api/v1/session`, { method: "POST", headers, body })).text();
  }

  async function logIn(page: Page, password: string): Promise<void> {
    await page.goto(`${url}/login`);
    await page.getByLabel("Address").fill(ANN);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
  }

  async function asProgram(token: string, path: string): Promise<number> {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${url}/api/v1${path}`, { headers })).status;
  }
});

/** The link that a dialog shows once. */
async function linkOf(page: Page): Promise<string> {
  return await page
    .getByRole("dialog")
    .getByText(/^http:.*\/login\?/)
    .innerText();
}

/** What an authenticator shows now (RFC 6238). */
function codeOf(secret: string): string {
  const bits = [...secret].map((one) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one));
  const text = bits.map((one) => one.toString(2).padStart(5, "0")).join("");
  const bytes = (text.match(/.{8}/g) ?? []).map((one) => Number.parseInt(one, 2));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", Buffer.from(bytes)).update(moment).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
