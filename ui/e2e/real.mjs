// Browser tests against the real thing: `vedette serve` on free ports with storage in memory,
// filled by `vedette demo`. Arguments name another command to run beside it, such as
// `node scripts/screenshots.mjs`. PYTHON names the interpreter (default: ../.venv/bin/python).
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const START_S = 30;
const root = fileURLToPath(new URL("../../", import.meta.url));
const python = process.env.PYTHON ?? [`${root}.venv/bin/python`].find(existsSync) ?? "python3";
const cli = ["-c", "import sys; from vedette.cli import main; sys.exit(main())"];
const folder = mkdtempSync(join(tmpdir(), "vedette-e2e-"));

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
  const ended = new Promise((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal)),
  );
  return { child, ended };
}

async function waitUntilReady(url, serve) {
  const deadline = Date.now() + START_S * 1000;
  let isOver = false;
  serve.ended.then(() => {
    isOver = true;
  });
  while (Date.now() < deadline && !isOver) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The console was not ready within ${START_S} seconds.`);
}

async function main() {
  const [gateway, console_] = [await freePort(), await freePort()];
  writeFileSync(
    join(folder, "vedette.yaml"),
    `gateway: {listen: "127.0.0.1:${gateway}"}\nconsole: {listen: "127.0.0.1:${console_}"}\n` +
      "storage: {profile: memory}\n",
  );
  const url = `http://127.0.0.1:${console_}`;
  const serve = run(python, [...cli, "serve", "--config", "vedette.yaml"]);
  try {
    await waitUntilReady(url, serve);
    const demo = [
      "demo",
      "--url",
      `http://127.0.0.1:${gateway}/v1`,
      "--requests",
      "300",
      "--rate",
      "50",
    ];
    const filled = await run(python, [...cli, ...demo], { stdio: ["ignore", "ignore", "inherit"] })
      .ended;
    if (filled !== 0) throw new Error(`vedette demo ended with ${filled}.`);
    const env = {
      ...process.env,
      E2E_URL: url,
      E2E_GATEWAY: `http://127.0.0.1:${gateway}`,
      BASE_URL: url,
    };
    const [command, ...args] = process.argv.slice(2);
    const tests = command ?? "npx";
    const rest = command ? args : ["vitest", "run", "--config", "vitest.e2e.config.ts"];
    return await run(tests, rest, { cwd: `${root}ui`, env }).ended;
  } finally {
    serve.child.kill("SIGTERM");
    await serve.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

const code = await main();
process.exitCode = typeof code === "number" ? code : 1;
