/** What the server makes of a trace, as the console shows it: the real thing alone. */
import { beforeAll, describe, expect, inject, test } from "vitest";
import { setUpBrowser } from "./browser";
import { agentRun, manySpans, send } from "./spans";

const { open } = setUpBrowser();
const url = inject("baseUrl");

describe.skipIf(!inject("hasChromium") || !inject("isReal"))("trees of spans", () => {
  let [short, long, large] = ["", "", ""];
  beforeAll(async () => {
    short = await send(url, 0xa1, agentRun(false));
    long = await send(url, 0xa2, agentRun(true));
    large = await send(url, 0xa3, manySpans(10_000));
  });

  test("the critical path is marked in the tree, and unmarked again", async () => {
    const page = await open(`${url}/traces/${short}`);
    await page.getByRole("tree").waitFor();
    await page.keyboard.press("x");
    const marked = page.locator("[role=treeitem][data-mark=critical]");
    await expect.poll(() => marked.count()).toBe(6);
    const others = page.locator("[role=treeitem][data-mark=beside]");
    expect(await others.allTextContents()).toEqual([expect.stringContaining("search")]);
    await page.getByRole("button", { name: "Critical path" }).click();
    await expect.poll(() => marked.count()).toBe(0);
  });

  test("the graph joins what is alike, and a click goes through its spans", async () => {
    const page = await open(`${url}/traces/${short}?show=graph`);
    const node = page.getByRole("group", { name: "tool search, 2 spans" });
    await node.getByText("parallel").waitFor();
    await node.click();
    await expect.poll(() => new URL(page.url()).searchParams.get("span")).not.toBeNull();
    await page.getByLabel("Join what is alike").uncheck();
    await expect
      .poll(() => page.getByRole("group", { name: "tool search, 1 span" }).count())
      .toBe(2);
  });

  test("two traces stand side by side, with what is new and the words that changed", async () => {
    const page = await open(`${url}/compare?a=${short}&b=${long}`);
    const row = page.getByRole("row", { name: /\+ check/ });
    await row.waitFor();
    await page.getByRole("button", { name: "chat write" }).click();
    const output = page.getByRole("region", { name: "Changes of the output" });
    await output.locator("ins", { hasText: "long" }).waitFor();
    await output.locator("del", { hasText: "short" }).waitFor();
    await row.getByRole("link").click();
    await page.waitForURL(new RegExp(`/traces/${long}`));
  });

  test("arrow keys walk through the tree with the focus", async () => {
    const page = await open(`${url}/traces/${short}`);
    const first = page.getByRole("treeitem", { name: "research" });
    await first.focus();
    await page.keyboard.press("ArrowDown");
    const now = page.locator("[role=treeitem]:focus");
    await now.getByText("planner").waitFor();
    await page.keyboard.press("End");
    await now.getByText("chat write").waitFor();
    await page.keyboard.press("Home");
    await now.getByText("research").waitFor();
  });

  test("code stands in a box, and what hides is named", async () => {
    const output = "So:\n```python\nx = 1\n```\nDone\u202E.";
    const spans = [{ name: "chat", kind: "llm", from: 0, to: 9, more: { payload: { output } } }];
    const page = await open(`${url}/traces/${await send(url, 0xa4, spans)}`);
    const code = page.getByRole("region", { name: "Code: python" });
    await code.waitFor();
    expect(await code.textContent()).toBe("x = 1");
    await page.getByRole("button", { name: "Copy this code" }).waitFor();
    await page.locator("article mark", { hasText: "U+202E" }).waitFor();
  });

  test("a replayed step says why it failed", async () => {
    const more = { session_id: "failing", status: "error", status_message: "it fell silent" };
    await send(url, 0xa5, [{ name: "chat", kind: "llm", from: 0, to: 9, more }]);
    const page = await open(`${url}/sessions/failing`);
    await page.getByRole("region", { name: "Step 1" }).getByText("it fell silent").waitFor();
  });

  test("10,000 spans are drawn as far as they are in view, and so is their critical path", async () => {
    const page = await open(`${url}/traces/${large}`);
    const rows = page.getByRole("treeitem");
    await expect.poll(() => rows.count()).toBeGreaterThan(5);
    expect(await rows.count()).toBeLessThan(120);
    await page.keyboard.press("x");
    const marked = page.locator("[role=treeitem][data-mark=critical]");
    await expect.poll(() => marked.count(), { timeout: 20_000 }).toBeGreaterThan(5);
  });
});
