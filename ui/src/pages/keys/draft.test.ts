import { expect, test } from "vitest";
import type { Key } from "@/api/model";
import { keyBody, keyChanges, keyDraft } from "./draft";

const key: Key = {
  id: "9f2c81d04a7e",
  prefix: "vdt_9f2c81d04a7e",
  project: "default",
  organization: "default",
  name: "ci",
  owner: "ada",
  status: "active",
  disabled: false,
  models: ["gpt-*", "o3"],
  routes: [],
  endpoints: ["/v1/chat/*"],
  ips: [],
  budgets: [],
  limits: { rpm: 60, tpm: null, concurrency: null, usd_per_minute: null },
  on_failure: "open",
  metadata: { team: "a=b" },
  expires_at: "2030-01-01T00:00:00.000000Z",
  created_time: "2026-01-01T00:00:00.000000Z",
  updated_time: "2026-01-01T00:00:00.000000Z",
  replaced_by: null,
  replaces: null,
  version: 1,
};

test("a key that is only looked at does not change", () => {
  const changes = keyChanges(keyDraft(key), key);
  expect(changes).toMatchObject({
    name: "ci",
    models: ["gpt-*", "o3"],
    endpoints: ["/v1/chat/*"],
    metadata: { team: "a=b" },
    limits: { rpm: 60 },
  });
  expect("expires_at" in changes).toBe(false);
  expect("project" in changes).toBe(false);
});

test("an end that was taken away is none", () => {
  expect(keyChanges({ ...keyDraft(key), expires: "" }, key).expires_at).toBeNull();
});

test("lists may be written with commas, blanks or lines", () => {
  const body = keyBody({ ...keyDraft(), name: " k ", models: "a, b\nc", metadata: "x\ny = 1" });
  expect(body).toMatchObject({
    name: "k",
    models: ["a", "b", "c"],
    metadata: { x: "", y: "1" },
    expires_at: null,
  });
});
