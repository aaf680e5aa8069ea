import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Browser tests against a built UI. `E2E_URL` names a running console (`npm run e2e:real` starts
 * one); without it they run against the fixture server. States that a healthy console never shows
 * always come from the fixture server.
 */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    include: ["e2e/**/*.test.ts"],
    globalSetup: ["e2e/setup.ts"],
    environment: "node",
    fileParallelism: false,
    retry: 1,
    testTimeout: 60_000,
    expect: { poll: { timeout: 5_000 } },
    hookTimeout: 120_000,
  },
});
