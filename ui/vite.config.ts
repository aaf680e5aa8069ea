import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";

const api = process.env.VEDETTE_URL ?? "http://127.0.0.1:4001";

/** The console refuses foreign origins, and the dev server is one. */
function proxyTo(target: string): ProxyOptions {
  return {
    target,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on("proxyReq", (request) => request.removeHeader("origin"));
    },
  };
}

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": proxyTo(api), "/sso": proxyTo(api) } },
  build: {
    outDir: "../src/vedette/static",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "node",
    // Pure functions: one worker without isolation is the fastest and the steadiest.
    pool: "threads",
    maxWorkers: 1,
    isolate: false,
  },
});
