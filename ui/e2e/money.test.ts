/** Money and access, on whatever console the setup names. What a test makes, it takes away. */
import { describe, expect, inject, test } from "vitest";
import { overflow, PHONE, setUpBrowser } from "./browser";

const base = inject("baseUrl");
const { open } = setUpBrowser();

async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return response.status === 204 ? undefined : await response.json();
}

interface Listed {
  items: { id: string; name: string }[];
}

/** Keys of this name are gone afterwards, and the gateway is open again. */
async function forgetKeys(name: string): Promise<void> {
  const { items } = (await send("GET", `/keys?q=${name}`)) as Listed;
  for (const { id } of items) await send("DELETE", `/keys/${id}`);
  if (inject("isReal")) await send("POST", "/keys/open");
}

describe.skipIf(!inject("hasChromium"))("money and access", () => {
  test("spending is shown by what is asked for, and a row narrows it", async () => {
    const page = await open(`${base}/spend`);
    const totals = page.getByRole("region", { name: "Totals" });
    await expect.poll(() => totals.textContent()).toMatch(/Requests[1-9]/);
    await expect.poll(() => page.locator(".uplot canvas").count()).toBe(1);
    const table = page.getByRole("region", { name: "Spend by model" });
    const first = table.locator("tbody button").first();
    const model = (await first.textContent()) ?? "";
    await first.click();
    await page.waitForURL((url) => url.searchParams.get("model") === model);
    await page.getByRole("region", { name: "Spend by key" }).waitFor();
    await page.getByRole("button", { name: `Remove filter model: ${model}` }).click();
    await page.waitForURL((url) => !url.searchParams.has("model"));
    await page.getByRole("combobox", { name: "by" }).selectOption("user");
    await page.waitForURL(/by=user/);
    await page.getByRole("region", { name: "Spend by user" }).waitFor();
    expect(await overflow(page)).toBe(0);
  });

  test("the export menu has sums, rows and chargeback", async () => {
    const page = await open(`${base}/spend?by=user`);
    await page.getByRole("button", { name: "Export" }).click();
    const item = page.getByRole("menuitem", { name: "By project and month, CSV" });
    await item.waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), item.click()]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
  });

  test("a key is made, shown once, disabled, rotated and deleted", async () => {
    try {
      const page = await open(`${base}/keys/edit`);
      await page.getByLabel("Name").fill("e2e-key");
      await page.getByLabel("Owner").fill("ada");
      await page.getByLabel("Models").fill("gpt-*, o3");
      await page.getByRole("button", { name: "Add a budget" }).click();
      await page.getByLabel("USD", { exact: true }).fill("5");
      await page.getByLabel("Requests a minute").fill("60");
      await page.getByRole("button", { name: "Create key" }).click();
      const dialog = page.getByRole("dialog", { name: "The new key" });
      await dialog.getByText(/^vdt_[0-9a-f]{12}_[0-9a-f]{48}$/).waitFor();
      await dialog.getByRole("button", { name: "I have it" }).click();
      await page.waitForURL(/\/keys\/[0-9a-f]{12}$/);
      await page.getByText("gpt-*, o3").waitFor();
      await page.getByRole("region", { name: "Budgets" }).getByText("$5.00 a month").waitFor();
      expect(await page.content()).not.toMatch(/vdt_[0-9a-f]{12}_/);

      await page.getByRole("button", { name: "Disable" }).click();
      await page.getByText("disabled", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Enable" }).click();
      await page.getByText("active", { exact: true }).waitFor();

      await page.getByRole("button", { name: "Rotate" }).click();
      await page.getByLabel("The old key goes on working").selectOption("86400");
      await page.getByRole("button", { name: "Make a new key" }).click();
      await page.getByRole("button", { name: "I have it" }).click();

      await page.getByRole("button", { name: "Delete key" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.waitForURL(/\/keys$/);
      const table = page.getByRole("region", { name: "Keys" });
      await table.getByText("replaced").waitFor();
    } finally {
      await forgetKeys("e2e-key");
    }
  });

  test("what is wrong with a key stands at its field", async () => {
    const page = await open(`${base}/keys/edit`, { expected: /400/ });
    await page.getByLabel("Name").fill("e2e-wrong");
    await page.getByRole("button", { name: "Add a budget" }).click();
    await page.getByLabel("USD", { exact: true }).fill("-3");
    await page.getByRole("button", { name: "Create key" }).click();
    await page.getByRole("alert").getByText("budgets[0].limit_usd").waitFor();
    expect(await page.getByLabel("USD", { exact: true }).getAttribute("aria-invalid")).toBe("true");
  });

  test("keys are found by name and by how they begin", async () => {
    const made = (await send("POST", "/keys", { project: "default", name: "e2e-find" })) as {
      id: string;
    };
    try {
      const page = await open(`${base}/keys`);
      const table = page.getByRole("region", { name: "Keys" });
      await page.getByRole("searchbox", { name: "Search keys" }).fill(`vdt_${made.id.slice(0, 6)}`);
      await page.waitForURL(/q=vdt_/);
      await expect.poll(() => table.locator("tbody tr").count()).toBe(1);
      await table.getByRole("link", { name: "e2e-find" }).waitFor();
      await page.getByRole("searchbox", { name: "Search keys" }).fill("nobody-has-this-name");
      await page.getByText("No key matches").waitFor();
    } finally {
      await forgetKeys("e2e-find");
    }
  });

  test("a budget for all of a kind is made, burns down on a page of its own, and goes", async () => {
    const page = await open(`${base}/budgets`);
    await page.getByRole("link", { name: "New budget" }).click();
    await page.getByLabel("What is counted").selectOption("model");
    await page.getByLabel("Name").fill("e2e-model");
    await page.getByLabel("USD", { exact: true }).fill("20");
    await page.getByLabel("When it is spent").selectOption("reroute");
    await page.getByLabel("The model").fill("cheap");
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL(/\/budgets$/);
    await page.getByRole("list", { name: "All budgets" }).getByText("e2e-model").click();
    await page.getByRole("region", { name: "Forecast" }).waitFor();
    await expect.poll(() => page.locator(".uplot canvas").count()).toBe(1);
    await page.getByRole("link", { name: "All budgets" }).click();
    const row = page.getByRole("row", { name: /e2e-model/ });
    await row.getByRole("button", { name: "Delete allowance" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("projects are made, changed and deleted", async () => {
    const page = await open(`${base}/projects`);
    await page.getByRole("link", { name: "New project" }).click();
    await page.getByLabel("Name").fill("e2e-project");
    await page.getByLabel("Tokens a minute").fill("9000");
    await page.getByRole("button", { name: "Create" }).click();
    const row = page.getByRole("row", { name: /e2e-project/ });
    await row.getByText("9,000 tokens/min").waitFor();
    await row.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Tokens a minute").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await row.waitFor();
    expect(await row.getByText("tokens/min").count()).toBe(0);
    await row.getByRole("button", { name: "Delete e2e-project" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("a credential is kept and never shown", async () => {
    const page = await open(`${base}/credentials`);
    await page.getByRole("button", { name: "Set a credential" }).click();
    await page.getByLabel("Name").fill("e2e-credential");
    await page.getByLabel("Value").fill("sk-e2e-secret");
    await page.getByRole("button", { name: "Keep it" }).click();
    const row = page.getByRole("row", { name: /e2e-credential/ });
    await row.getByText("vault:e2e-credential", { exact: true }).waitFor();
    expect(await page.content()).not.toContain("sk-e2e-secret");
    await row.getByRole("button", { name: "Delete e2e-credential" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("kept answers are forgotten when that is meant", async () => {
    const page = await open(`${base}/cache`);
    await page.getByText(/answers kept/).waitFor();
    await page.getByRole("button", { name: "Forget answers" }).click();
    await page.getByRole("button", { name: "Forget everything" }).waitFor();
    await page.getByRole("textbox", { name: "Model" }).fill("gpt-5");
    await page.getByRole("button", { name: "Forget these" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("every page of money fits a phone, and the menu leads there", async () => {
    const page = await open(`${base}/spend`, { viewport: PHONE, hasTouch: true });
    for (const label of ["Budgets", "Limits", "Savings", "Cache", "Projects", "Credentials"]) {
      await page.getByRole("button", { name: "More pages" }).click();
      await page.getByRole("menuitem", { name: label }).click();
      await page.getByRole("heading", { name: label, level: 1 }).waitFor();
      expect(await overflow(page), label).toBe(0);
    }
  });
});
