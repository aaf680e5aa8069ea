import { describe, expect, it } from "vitest";
import { type FilterField, hintsFor } from "@/lib/filterhints";

const field = (name: string, kind: string, choices: string[] = [], keyed = false): FilterField => ({
  name,
  kind,
  help: name,
  choices,
  keyed,
});
const FIELDS = [
  field("status", "choice", ["ok", "error"]),
  field("model", "text"),
  field("cost", "usd"),
  field("attributes", "any", [], true),
];
const hints = (text: string) => hintsFor(text, text.length, FIELDS, () => ["gpt-4o", "my model"]);

describe("hints for filters", () => {
  it("complete the name of a field with the sign that suits it", () => {
    expect(hints("mod").map((hint) => hint.text)).toEqual(["model:"]);
    expect(hints("tag:x cos")[0]?.text).toBe("tag:x cost > ");
    expect(hints("attr")[0]?.text).toBe("attributes.");
  });
  it("offer values, quoted where they need it", () => {
    expect(hints("status:e")[0]?.text).toBe("status:error ");
    expect(hints("model = ").map((hint) => hint.text)).toEqual([
      "model = gpt-4o ",
      'model = "my model" ',
    ]);
  });
  it("say nothing inside of words", () => {
    expect(hints("hello world")).toEqual([]);
    expect(hints("")).toEqual([]);
  });
});
