/** Where the tests find a console; the fixture server where none was named. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { createFixtureServer } from "../dev/fixture-server/server.mjs";
import { findChromium } from "./chromium.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    baseUrl: string;
    isReal: boolean;
    staticDir: string;
    hasChromium: boolean;
  }
}

const STATIC = fileURLToPath(new URL("../../src/vedette/static/", import.meta.url));

export default async function setup(project: TestProject) {
  const hasChromium = findChromium() !== null;
  project.provide("hasChromium", hasChromium);
  project.provide("staticDir", STATIC);
  if (!hasChromium)
    console.warn("Browser tests are skipped: no chromium. Set CHROMIUM to its path.");
  if (!existsSync(`${STATIC}index.html`))
    throw new Error("The UI is not built: run `npm run build`.");
  const named = process.env.E2E_URL;
  project.provide("isReal", named !== undefined);
  if (named) {
    project.provide("baseUrl", named.replace(/\/+$/, ""));
    return;
  }
  const fixture = await createFixtureServer({ staticDir: STATIC, rows: 10_000 });
  project.provide("baseUrl", fixture.url);
  return fixture.close;
}
