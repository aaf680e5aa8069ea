/** axe finds no serious fault on any page, in both themes and at both widths, and none is too wide. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { cutOff, DESKTOP, go, overflow, PHONE, settle, setUpBrowser } from "./browser";
import { everyPage, ROUTES } from "./everywhere";
import { startServe } from "./served.mjs";

const base = inject("baseUrl");
const { open } = setUpBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Those that the fixture server has something for. */
const PAGES = ["/", "/traces", "/sessions", "/users", "/tail", "/compare", "/start", "/providers"];
const LOOKS = [
  ["light", "desktop"],
  ["dark", "desktop"],
  ["light", "phone"],
  ["dark", "phone"],
] as const;

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

async function faults(page: Page): Promise<string[]> {
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

const isReal = inject("isReal");

describe.skipIf(!inject("hasChromium"))("accessibility", () => {
  let url = base;
  let pages: string[] = [];
  let stop: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    if (isReal) {
      const served = await startServe({ requests: 50 });
      url = served.url;
      stop = served.stop;
      const every = await everyPage(url);
      expect(ROUTES.length).toBeGreaterThan(30);
      expect(
        ROUTES.filter((route) => !every.get(route)?.length),
        "pages that are left out",
      ).toEqual([]);
      pages = [...every.values()].flat();
    } else {
      const trace = await somewhere();
      pages = [...PAGES, trace, `${trace}?show=graph`];
    }
  }, 300_000);
  afterAll(() => stop?.());

  test.each(LOOKS)(
    "no serious fault, %s, %s",
    async (colorScheme, width) => {
      const viewport = width === "phone" ? PHONE : DESKTOP;
      const page = await open(url, { colorScheme, viewport });
      await page.evaluate(axe);
      const found: string[] = [];
      for (const path of pages) {
        await go(page, path);
        await page.locator("h1, h2").first().waitFor();
        await settle(page);
        found.push(...(await faults(page)).map((fault) => `${path} ${fault}`));
        const wider = await overflow(page);
        found.push(...(await cutOff(page)).map((fault) => `${path} ${fault}`));
        if (wider > 0) found.push(`${path} is ${wider} px too wide`);
      }
      expect(found).toEqual([]);
    },
    600_000,
  );
});
