/** One browser for a test file, and pages that fail the test on any error they log. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium } from "./chromium.mjs";

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export interface OpenOptions extends BrowserContextOptions {
  /** Messages of the console that belong to the state under test. */
  expected?: RegExp;
}

export function setUpBrowser() {
  let browser: Browser | null = null;
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    const seen = troubles.splice(0);
    expect(seen, "errors in the browser's console").toEqual([]);
  });
  afterAll(() => browser?.close());

  async function open(url: string, { expected, ...options }: OpenOptions = {}): Promise<Page> {
    if (!browser) throw new Error("There is no browser.");
    const context = await browser.newContext({
      viewport: DESKTOP,
      reducedMotion: "reduce",
      ...options,
    });
    const page = await context.newPage();
    const own = new URL(url).origin;
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !expected?.test(message.text()))
        troubles.push(`${message.text()} ${message.location().url}`);
    });
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== own && protocol !== "blob:")
        troubles.push(`foreign request: ${request.url()}`);
    });
    await page.goto(url);
    return page;
  }
  return { open };
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** What of the page's content ends beyond the window, and cannot be scrolled to. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const main = document.querySelector("main");
    const isCut = (element: Element) => {
      const { right, width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || right <= window.innerWidth + 1) return false;
      for (let at = element.parentElement; at && at !== main; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== "visible") return false;
      }
      return true;
    };
    const found = [...(main?.querySelectorAll("*") ?? [])].filter(isCut);
    return found.slice(0, 2).map((one) => `${one.tagName} ${one.className} is cut off`);
  });
}

/** To a page without loading the console anew. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
  await settle(page);
}

/** Until nothing is under way, three times in a row. */
export async function settle(page: Page): Promise<void> {
  let quiet = 0;
  await expect
    .poll(
      async () => {
        const isBusy = await page.locator("[aria-busy=true]").count();
        quiet = isBusy ? 0 : quiet + 1;
        return quiet;
      },
      { interval: 60, timeout: 20_000 },
    )
    .toBeGreaterThan(2);
}
