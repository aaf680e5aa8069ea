// src/api/schema.d.ts out of the API's own OpenAPI document. `--check` only says whether it is in step.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = fileURLToPath(new URL("../src/api/schema.d.ts", import.meta.url));
const python = process.env.PYTHON ?? [`${root}.venv/bin/python`].find(existsSync) ?? "python3";

// A default means that the field may be absent from what was stored.
const OPTIONS = { alphabetize: true, defaultNonNullable: false, emptyObjectsUnknown: true };

const document = execFileSync(python, ["-m", "vedette.api.openapi"], {
  cwd: root,
  maxBuffer: 2 ** 26,
});
const types = astToString(await openapiTS(JSON.parse(document.toString("utf8")), OPTIONS));
const text = `// Generated from the API by \`npm run types\`. Do not edit.\n\n${types}`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (!existsSync(target) || readFileSync(target, "utf8") !== text) {
  console.error("src/api/schema.d.ts is out of step with the API: run `npm run types`.");
  process.exit(1);
}
