// What a first visit loads (JS and CSS that index.html leads to, gzipped) must stay within budget.
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const INITIAL_KB = 300;
const LAZY_KB = 500;

const out = fileURLToPath(new URL("../../src/vedette/static/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${out}.vite/manifest.json`, "utf8"));

/** Files of a chunk and of all it imports at once. */
function filesOf(name, seen = new Set()) {
  if (seen.has(name)) return [];
  seen.add(name);
  const chunk = manifest[name];
  return [
    chunk.file,
    ...(chunk.css ?? []),
    ...(chunk.imports ?? []).flatMap((next) => filesOf(next, seen)),
  ];
}

const isCode = (file) => /\.(js|css)$/.test(file);
const sizeKb = (files) =>
  [...new Set(files)]
    .filter(isCode)
    .reduce((sum, file) => sum + gzipSync(readFileSync(out + file), { level: 9 }).length, 0) / 1000;

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const initial = filesOf(entry);
const all = Object.keys(manifest).flatMap((name) => filesOf(name));
const first = sizeKb(initial);
const lazy = sizeKb(all.filter((file) => !initial.includes(file)));

console.log(
  `initial ${first.toFixed(1)} kB of ${INITIAL_KB}, lazy ${lazy.toFixed(1)} kB of ${LAZY_KB} (gzip)`,
);
rmSync(`${out}.vite`, { recursive: true });
if (first > INITIAL_KB || lazy > LAZY_KB) {
  console.error("The bundle is over budget.");
  process.exit(1);
}
