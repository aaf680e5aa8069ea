// node:http server that speaks /api/v1 and serves a built UI with the console's own headers.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createApi } from "./api.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".txt": "text/plain",
};
const HEADERS = {
  "content-security-policy":
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/**
 * @param {{state?: string, port?: number, staticDir?: string | undefined, rows?: number, live?: boolean, as?: string | undefined}} options
 * @returns {Promise<{url: string, api: ReturnType<typeof createApi>, close: () => Promise<void>}>}
 */
export async function createFixtureServer({
  state = "full",
  port = 0,
  staticDir,
  rows = 10_000,
  live = true,
  as,
}) {
  const api = createApi({ state, rows, live, as });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://fixture");
    const answer = url.pathname.startsWith("/api/v1/")
      ? api.handle(request, response, url)
      : serveFile(response, url, staticDir);
    answer.catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = async () => {
    api.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, api, close };
}

async function serveFile(response, url, staticDir) {
  if (!staticDir) {
    response.writeHead(404).end("No STATIC_DIR: open the Vite dev server instead.");
    return;
  }
  const name = normalize(decodeURIComponent(url.pathname));
  const file = extname(name) ? join(staticDir, name) : join(staticDir, "index.html");
  try {
    const body = await readFile(file);
    response.writeHead(200, {
      ...HEADERS,
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    });
    response.end(body);
  } catch {
    response.writeHead(404, HEADERS).end();
  }
}
