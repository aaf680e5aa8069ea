/** Policies and findings, on a real console: what a test makes, it takes away. */
import type { Locator } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { overflow, PHONE, setUpBrowser } from "./browser";

const base = inject("baseUrl");
const gateway = process.env.E2E_GATEWAY;
const { open } = setUpBrowser();
const NAME = "e2e-bot";

async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return response.status === 204 ? undefined : await response.json();
}

const POLICY = {
  name: NAME,
  rules: [{ name: "rivals", detector: "keywords", options: { words: ["Globex"] } }],
};

async function ask(text: string): Promise<void> {
  await fetch(`${gateway}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "sim/chat", messages: [{ role: "user", content: text }] }),
  });
}

/** Rows come a moment after the page. */
async function isShown(row: Locator): Promise<boolean> {
  return await row.waitFor({ timeout: 2000 }).then(
    () => true,
    () => false,
  );
}

describe.skipIf(!inject("hasChromium") || !inject("isReal") || !gateway)("the guard", () => {
  test("a policy is built, told what is wrong, kept, published and put in shadow", async () => {
    await send("DELETE", `/policies/${NAME}`);
    const page = await open(`${base}/guard/policies/edit`, { expected: /400/ });
    await page.getByRole("textbox", { name: "Name", exact: true }).first().fill(NAME);
    const rule = page.getByRole("group", { name: /^Rule/ });
    await rule.getByRole("textbox", { name: "Name" }).fill("attacks");
    await rule.getByRole("textbox", { name: "From score" }).fill("7");
    await page.getByRole("button", { name: /Keep as/ }).click();
    await page.getByRole("alert").filter({ hasText: "rules[0].threshold" }).waitFor();
    await rule.getByRole("textbox", { name: "From score" }).fill("0.7");
    await page.getByText("ignore all previous instructions", { exact: false }).last().waitFor();
    await page.getByRole("button", { name: /Keep as/ }).click();
    await page.waitForURL(`**/guard/policies/${NAME}`);
    await page.getByRole("button", { name: "Publish…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByRole("button", { name: "Enforce it" }).click();
    await page.getByRole("button", { name: "Put it in shadow" }).waitFor();
    await page.getByRole("button", { name: "Roll back" }).last().click();
    await page.getByRole("button", { name: "Enforce it" }).waitFor();
    expect(await overflow(page)).toBe(0);
    await send("DELETE", `/policies/${NAME}`);
  });

  test("nothing that was typed is lost without a word, and rules are taken as they stand", async () => {
    const page = await open(`${base}/guard/policies/edit?from=balanced`);
    const rules = page.getByRole("group", { name: /^Rule/ });
    await page
      .getByRole("group", { name: "Rule injection" })
      .getByRole("button", { name: "Move up" })
      .click();
    const names = await rules.evaluateAll((all) =>
      all.slice(0, 3).map((one) => one.getAttribute("aria-label")),
    );
    expect(names).toEqual(["Rule secrets", "Rule injection", "Rule personal-data"]);
    const priority = page.getByRole("group", { name: "Rule injection" });
    await priority.getByText("Which of these calls").click();
    expect(await priority.getByLabel("Priority").inputValue()).toBe("20");
    await page.getByRole("link", { name: "Exceptions" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(page.url()).toContain("/guard/policies/edit");
    await page.getByRole("link", { name: "Exceptions" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
    await page.waitForURL("**/guard/exceptions");
  });

  test("a finding is marked in its text, judged and allowed", async () => {
    await send("DELETE", `/policies/${NAME}`);
    const allowed = (await send("GET", "/guard/allowed")) as {
      items: { id: string; value: string }[];
    };
    for (const { id, value } of allowed.items) {
      if (value === "Globex") await send("DELETE", `/guard/allowed/${id}`);
    }
    await send("POST", "/policies", { policy: POLICY });
    await send("POST", `/policies/${NAME}/publish`, {});
    const page = await open(`${base}/guard/findings?policy=${NAME}`);
    await expect
      .poll(
        async () => {
          await ask("Is Globex any good?");
          await page.reload();
          return await isShown(page.getByRole("button", { name: /keywords/ }).first());
        },
        { timeout: 15_000, interval: 500 },
      )
      .toBe(true);
    await page
      .getByRole("button", { name: /keywords/ })
      .first()
      .click();
    const panel = page.getByRole("region", { name: "Finding", exact: true });
    expect(await panel.locator("mark").textContent()).toBe("Globex");
    await panel.getByRole("button", { name: "Right" }).click();
    await expect
      .poll(() => panel.getByRole("button", { name: "Right" }).getAttribute("aria-pressed"))
      .toBe("true");
    await panel.getByRole("button", { name: "Add to the allow-list" }).click();
    await panel.getByRole("button", { name: "Allow", exact: true }).click();
    await page.getByRole("link", { name: "Exceptions" }).click();
    const remove = page.getByRole("button", { name: "Delete Globex" });
    await remove.first().waitFor();
    await remove.first().click();
    await expect.poll(() => remove.count()).toBe(0);
    await send("DELETE", `/policies/${NAME}`);
  });

  test("a finding far down in a long text with emoji is in view", async () => {
    await send("DELETE", `/policies/${NAME}`);
    await send("POST", "/policies", { policy: POLICY });
    await send("POST", `/policies/${NAME}/publish`, {});
    const long = `😀 ${"A long report. ".repeat(200)} Globex ${"and more of it. ".repeat(200)}`;
    const page = await open(`${base}/guard/findings?policy=${NAME}`);
    const marks = page.getByRole("region", { name: "Text of the finding" }).locator("mark");
    await expect
      .poll(
        async () => {
          await ask(long);
          await page.reload();
          const first = page.getByRole("button", { name: /keywords/ }).first();
          if (!(await isShown(first))) return "";
          await first.click();
          return await page.getByRole("region", { name: "Text of the finding" }).textContent();
        },
        { timeout: 15_000, interval: 500 },
      )
      .toContain("A long report.");
    expect(await marks.textContent()).toBe("Globex");
    const isIn = await marks.evaluate((mark) => {
      const [at, box] = [mark, mark.parentElement as Element].map((e) => e.getBoundingClientRect());
      return Boolean(at && box && at.top >= box.top && at.bottom <= box.bottom);
    });
    expect(isIn).toBe(true);
    await send("DELETE", `/policies/${NAME}`);
  });

  test("a policy is tried on recorded calls", async () => {
    const page = await open(`${base}/guard/policies/privacy`);
    await page.getByRole("button", { name: "Replay" }).click();
    await page.getByText(/done: [1-9]/).waitFor({ timeout: 30_000 });
  });

  test("phones and dark fit", async () => {
    for (const path of ["/guard", "/guard/findings", "/guard/policies", "/guard/exceptions"]) {
      const page = await open(base + path, { viewport: PHONE, colorScheme: "dark" });
      await page.getByRole("navigation", { name: "Guard" }).waitFor();
      expect(await overflow(page)).toBe(0);
    }
  });
});
