import { expect, test } from "vitest";
import type { SessionState } from "@/api/model";
import { rightsOf } from "./rights";

const session = (user: Partial<NonNullable<SessionState["user"]>> | null): SessionState => ({
  token_required: true,
  users: user !== null,
  user: user && { id: "usr_1", name: "Ann", is_root: false, places: [], ...user },
  authenticated: true,
  expires_time: null,
  passwords: true,
  mail: false,
  providers: [],
});
const viewer = {
  organization: "org_1",
  role: "viewer",
  projects: ["proj_1"],
  permissions: ["calls.read"],
};

test("without users everybody may do everything", () => {
  expect(rightsOf(session(null)).may("keys.manage", "default")).toBe(true);
  expect(rightsOf(undefined).rulesAll).toBe(true);
});

test("a place allows what it names, in its projects", () => {
  const { may, rulesAll, somewhere } = rightsOf(session({ places: [viewer] }));
  expect(rulesAll).toBe(false);
  expect(may("calls.read", "org_1", "proj_1")).toBe(true);
  expect(may("calls.read", "org_1", "proj_2")).toBe(false);
  expect(may("calls.read", "org_1")).toBe(false);
  expect(may("calls.read", "org_2", "proj_1")).toBe(false);
  expect(may("keys.manage", "org_1", "proj_1")).toBe(false);
  expect([somewhere("calls.read"), somewhere("keys.manage")]).toEqual([true, false]);
});

test("a place without projects is in all of them", () => {
  const { may, ofAnOrganization } = rightsOf(session({ places: [{ ...viewer, projects: [] }] }));
  expect([may("calls.read", "org_1"), may("calls.read", "org_1", "proj_9")]).toEqual([true, true]);
  expect([ofAnOrganization("calls.read"), ofAnOrganization("keys.manage")]).toEqual([true, false]);
  const bound = rightsOf(session({ places: [viewer] }));
  expect(bound.ofAnOrganization("calls.read")).toBe(false);
});

test("whoever rules may do everything", () => {
  expect(rightsOf(session({ is_root: true })).may("audit.read", "anywhere")).toBe(true);
});
