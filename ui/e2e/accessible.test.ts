/** axe finds no serious fault on the main pages, in both themes. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { setUpBrowser } from "./browser";

const base = inject("baseUrl");
const { open } = setUpBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["/", "/traces", "/sessions", "/users", "/tail", "/compare", "/start", "/providers"];

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)",
  )) as Violation[];
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.target.join(" ")}`));
}

async function somewhere(): Promise<string> {
  const answer = await fetch(`${base}/api/v1/traces?limit=200`);
  const { items } = (await answer.json()) as { items: { trace_id: string; span_count: number }[] };
  const trace = items.find((item) => item.span_count > 1) ?? items[0];
  return `/traces/${trace?.trace_id}`;
}

describe.skipIf(!inject("hasChromium"))("accessibility", () => {
  test.each(["light", "dark"] as const)("no serious fault, %s", async (colorScheme) => {
    const trace = await somewhere();
    const found: string[] = [];
    for (const path of [...PAGES, trace, `${trace}?show=graph`]) {
      const page = await open(`${base}${path}`, { colorScheme });
      await page.locator("h1, h2").first().waitFor();
      await page.waitForTimeout(600);
      found.push(...(await faults(page)).map((fault) => `${path} ${fault}`));
      await page.context().close();
    }
    expect(found).toEqual([]);
  });
});
