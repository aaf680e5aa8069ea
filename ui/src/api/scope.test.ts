import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { projectFor, setScope } from "./scope";

afterEach(() => setScope({ project: "", isBound: false }));

/** What the API's own document says takes `project`. */
function operations(): { path: string; method: string; takes: boolean }[] {
  const text = readFileSync(new URL("./schema.d.ts", import.meta.url), "utf8");
  const paths = text.slice(
    text.indexOf("export interface paths"),
    text.indexOf("export type webhooks"),
  );
  const bodies = text.slice(text.indexOf("export interface operations"));
  return [...paths.matchAll(/^ {4}"\/api\/v1([^"]+)": \{([\s\S]*?)^ {4}\};/gm)].flatMap(
    ([, path = "", block = ""]) =>
      [...block.matchAll(/^ {8}(get|put|post|delete|patch): operations\["(\w+)"\]/gm)].map(
        ([, method = "", name = ""]) => {
          const start = bodies.indexOf(`\n    ${name}: {`);
          const own = bodies.slice(start, bodies.indexOf("\n    };", start));
          return {
            path: path.replace(/\{\w+\}/g, "x"),
            method: method.toUpperCase(),
            takes: /^ {16}project\?: string/m.test(own),
          };
        },
      ),
  );
}

test("the project is named where the API takes one, and nowhere else", () => {
  setScope({ project: "prj_1", isBound: true });
  const all = operations().filter(({ path }) => !path.startsWith("/audit"));
  expect(all.filter((one) => one.takes).length).toBeGreaterThan(50);
  const wrong = all.filter(
    ({ path, method, takes }) => (projectFor(path, method) === "prj_1") !== takes,
  );
  expect(wrong).toEqual([]);
});

test("whoever sees all projects is told of the money of all", () => {
  setScope({ project: "prj_1", isBound: false });
  expect(projectFor("/usage", "GET")).toBeUndefined();
  expect(projectFor("/traces", "GET")).toBe("prj_1");
});

test("without a choice none is named", () => {
  expect(projectFor("/traces", "GET")).toBeUndefined();
});
