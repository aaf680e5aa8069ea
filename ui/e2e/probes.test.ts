/** Probes from the form to the results: the real thing alone, which asks its simulated model. */
import { describe, expect, inject, test } from "vitest";
import { setUpBrowser } from "./browser";

const { open } = setUpBrowser();
const url = inject("baseUrl");

describe.skipIf(!inject("hasChromium") || !inject("isReal"))("probes", () => {
  test("one is made, run, looked at, paused and deleted", async () => {
    const name = `e2e-${Date.now()}`;
    const page = await open(`${url}/drift?tab=probes`, { expected: /400/ });
    await page.getByRole("button", { name: "New probe" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Models or routes").fill("sim/chat");
    await dialog.getByLabel("Prompt", { exact: true }).fill("Say hello.");
    await dialog.getByLabel("Lacks").fill("no such words");
    await dialog.getByText("JSON schema").click();
    await dialog.getByLabel("Fits the schema (JSON)").fill("{");
    await dialog.getByRole("button", { name: "Add probe" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("Fits the schema (JSON)").fill("");
    await dialog.getByRole("button", { name: "Add probe" }).click();
    await dialog.waitFor({ state: "detached" });

    const card = page.getByRole("listitem").filter({ has: page.getByText(name) });
    await card.getByRole("button", { name: "Run now" }).click();
    await card.getByText("passed").waitFor({ timeout: 40_000 });
    await card.getByRole("button", { name: "Runs" }).click();
    const run = dialog.getByRole("listitem").first();
    await run.getByText("passed").first().waitFor();
    await run.getByRole("link", { name: "sim/chat" }).click();
    await page.waitForURL(/\/traces\/[0-9a-f]{32}/);
    await dialog.waitFor({ state: "detached" });
    await page.goBack();

    await card.getByRole("button", { name: `Edit ${name}` }).click();
    await dialog.getByLabel("Is exactly").fill("what it never says");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await card.getByRole("button", { name: "Run now" }).click();
    await card.getByText("failed").waitFor({ timeout: 40_000 });
    await card.getByRole("button", { name: "Pause" }).click();
    await card.getByText("paused").waitFor();
    await card.getByRole("button", { name: `Delete probe ${name}` }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await card.waitFor({ state: "detached" });
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});
