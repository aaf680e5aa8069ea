import { expect, test } from "vitest";
import { readMembersSearch } from "./search";

test("an organization and a tab are read, the rest is dropped", () => {
  expect(readMembersSearch({ organization: "org_1", tab: "users", x: 1 })).toEqual({
    organization: "org_1",
    tab: "users",
  });
  expect(readMembersSearch({ organization: ["a"], tab: "else" })).toEqual({});
});
