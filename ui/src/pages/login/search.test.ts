import { expect, test } from "vitest";
import { readLogin, tellProblem } from "./search";

test("only pages of this console are gone to", () => {
  expect(readLogin({ next: "/traces?q=1" })).toEqual({ next: "/traces?q=1" });
  expect(readLogin({ next: "//evil.example" })).toEqual({});
  expect(readLogin({ next: "/\\evil.example" })).toEqual({});
  expect(readLogin({ next: "/\t/evil.example" })).toEqual({});
  expect(readLogin({ next: "/\n\\evil.example" })).toEqual({});
  expect(readLogin({ next: "https://evil.example" })).toEqual({});
  expect(readLogin({ next: "javascript:alert(1)" })).toEqual({});
  expect(readLogin({ next: ["/traces"] })).toEqual({});
});

test("tokens of links are taken as they are made", () => {
  const token = "ab".repeat(24);
  expect(readLogin({ invitation: token })).toEqual({ invitation: token });
  expect(readLogin({ reset: "<script>" })).toEqual({});
});

test("problems are told in our own words alone", () => {
  expect(readLogin({ problem: "signon_unknown" })).toEqual({ problem: "signon_unknown" });
  expect(readLogin({ problem: "<b>You were hacked" })).toEqual({});
  expect(tellProblem("signon_unknown")).toContain("invite");
  expect(tellProblem("call_this_number")).toContain("did not work");
});
