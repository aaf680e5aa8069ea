import { expect, test } from "vitest";
import { auditParams, readAuditSearch } from "./search";

test("what stands in the URL is read, and nonsense left out", () => {
  expect(readAuditSearch({ action: "key.", range: "7d", other: "x", actor: 7 })).toEqual({
    action: "key.",
    range: "7d",
  });
});

test("the API gets times and filters that are set", () => {
  expect(auditParams({ action: "key.", range: "7d" })).toEqual({ action: "key.", from: "now-7d" });
  expect(auditParams({})).toEqual({});
});
