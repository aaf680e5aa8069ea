// The real thing for browser tests: `vedette serve` on free ports with storage in memory, in a folder
// of its own. PYTHON names the interpreter (default: ../.venv/bin/python).
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const START_S = 120;
export const root = fileURLToPath(new URL("../../", import.meta.url));
const python = process.env.PYTHON ?? [`${root}.venv/bin/python`].find(existsSync) ?? "python3";
const cli = ["-m", "vedette"];

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A child, and its exit code or signal. */
export function run(command, args, options = {}) {
  const stdio = ["ignore", "inherit", "inherit"];
  const child = spawn(command, args, { stdio, ...options });
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
  if (isOver) throw new Error(`vedette serve ended with ${await serve.ended} before it was ready.`);
  throw new Error(`The console was not ready within ${START_S} seconds.`);
}

/** `more` is YAML beside the addresses; `requests` are sent by `vedette demo` before it returns. */
export async function startServe({ more = "", requests = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "vedette-e2e-"));
  const [gatewayPort, consolePort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${consolePort}`;
  const gateway = `http://127.0.0.1:${gatewayPort}`;
  writeFileSync(
    join(folder, "vedette.yaml"),
    `gateway: {listen: "127.0.0.1:${gatewayPort}"}\nconsole: {listen: "127.0.0.1:${consolePort}"}\n` +
      `otlp: {http: "", grpc: ""}\nstorage: {profile: memory}\n${more}`,
  );
  const serve = run(python, [...cli, "serve", "--config", "vedette.yaml"], { cwd: folder });
  const stop = async () => {
    serve.child.kill("SIGTERM");
    await serve.ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(url, serve);
    if (requests > 0) await demo(folder, gateway, requests);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, gateway, stop };
}

async function demo(folder, gateway, requests) {
  const args = ["demo", "--url", `${gateway}/v1`, "--requests", String(requests), "--rate", "50"];
  const stdio = ["ignore", "ignore", "inherit"];
  const ended = await run(python, [...cli, ...args], { cwd: folder, stdio }).ended;
  if (ended !== 0) throw new Error(`vedette demo ended with ${ended}.`);
}
