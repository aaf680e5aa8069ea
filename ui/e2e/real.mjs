// Browser tests against `vedette serve`, filled by `vedette demo`. Arguments name another command to
// run beside it, such as `node scripts/screenshots.mjs`.
import { root, run, startServe } from "./served.mjs";

const served = await startServe({ requests: 300 });
try {
  const { url, gateway } = served;
  const env = { ...process.env, E2E_URL: url, E2E_GATEWAY: gateway, BASE_URL: url };
  const [command, ...args] = process.argv.slice(2);
  const rest = command ? args : ["vitest", "run", "--config", "vitest.e2e.config.ts"];
  const code = await run(command ?? "npx", rest, { cwd: `${root}ui`, env }).ended;
  process.exitCode = typeof code === "number" ? code : 1;
} finally {
  await served.stop();
}
