// One picture of each page, from a running console: BASE_URL=http://127.0.0.1:4001 npm run screenshots
// OUT=docs/images (default), THEMES=light,dark, WIDTHS=1440,390, RANGE=24h,
// ONLY=overview,traces. Without BASE_URL: the fixture server.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createFixtureServer } from "../dev/fixture-server/server.mjs";
import { launchChromium } from "../e2e/chromium.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const out = process.env.OUT ?? `${root}docs/images`;
const themes = (process.env.THEMES ?? "light,dark").split(",");
const widths = (process.env.WIDTHS ?? "1440,390").split(",").map(Number);
const range = process.env.RANGE ?? "24h";
const only = process.env.ONLY?.split(",");

const staticDir = `${root}src/vedette/static`;
const fixture = process.env.BASE_URL ? null : await createFixtureServer({ staticDir });
const base = process.env.BASE_URL ?? fixture.url;
mkdirSync(out, { recursive: true });

async function firstTrace(query, matches = () => true) {
  const answer = await fetch(`${base}/api/v1/traces?limit=500&${query}`);
  const { items } = await answer.json();
  return (items.find(matches) ?? items[0])?.trace_id;
}

const chat = await firstTrace("status=ok", (row) => row.span_count === 1 && row.ttft_ms);
const agent = await firstTrace("status=ok", (row) => row.span_count > 1);
const failed = await firstTrace("status=error");
const pages = [
  ["overview", `/?range=${range}`],
  ["overview-models", `/?range=${range}&group=model`],
  ["traces", "/traces"],
  ["trace", `/traces/${chat}`],
  ["trace-tree", `/traces/${agent}`],
  ["trace-timing", `/traces/${chat}?tab=timing`],
  ["trace-raw", `/traces/${chat}?tab=raw`],
  ["trace-error", `/traces/${failed}`],
  ["providers", "/providers"],
].filter(([name, path]) => !path.includes("undefined") && (!only || only.includes(name)));

const browser = await launchChromium();
if (!browser) {
  console.error("No chromium: set CHROMIUM to its path.");
  process.exit(1);
}
for (const theme of themes) {
  for (const width of widths) {
    const isPhone = width < 640;
    const context = await browser.newContext({
      viewport: { width, height: isPhone ? 844 : 900 },
      colorScheme: theme,
      deviceScaleFactor: 1,
      reducedMotion: "reduce",
      hasTouch: isPhone,
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`page error: ${error.message}`));
    page.on(
      "console",
      (message) => message.type() === "error" && console.error(`console: ${message.text()}`),
    );
    for (const [name, path] of pages) {
      await page.goto(base + path, { waitUntil: "load" });
      await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(250);
      const suffix = `${isPhone ? "-phone" : ""}${theme === "dark" ? "-dark" : ""}`;
      await page.screenshot({ path: `${out}/${name}${suffix}.png` });
    }
    await context.close();
  }
}
await browser.close();
await fixture?.close();
