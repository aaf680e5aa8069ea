/** What could come next in a filter that is being typed. */
import { quoteValue } from "@/lib/filters";

export interface FilterField {
  name: string;
  kind: string;
  help: string;
  choices: readonly string[];
  keyed: boolean;
}

export interface Hint {
  label: string;
  help: string;
  /** The whole text with the hint taken, and where the caret goes. */
  text: string;
  caret: number;
}

const MOST = 8;
const VALUE = /(^|[\s(!-])([a-z_][\w.]*)\s*(=|:|!=)\s*("?)([^"\s()]*)$/i;
const NAME = /(^|[\s(!-])([a-z_][\w.]*)$/i;
const ORDERED = new Set(["number", "usd", "ms", "time"]);

/** Fields whose names begin so, or values of the field that stands before the caret. */
export function hintsFor(
  text: string,
  caret: number,
  fields: readonly FilterField[],
  values: (field: string) => readonly string[],
): Hint[] {
  const before = text.slice(0, caret);
  const after = text.slice(caret);
  const value = VALUE.exec(before);
  if (value) {
    const [, , name = "", , quote = "", typed = ""] = value;
    const field = fields.find((each) => each.name === name.toLowerCase());
    if (!field) return [];
    const start = before.length - typed.length - quote.length;
    return [...field.choices, ...values(field.name)]
      .filter((each) => each.toLowerCase().includes(typed.toLowerCase()) && each !== typed)
      .slice(0, MOST)
      .map((each) => {
        const written = /^[\w.-]+$/.test(each) ? each : quoteValue(each);
        return taken(before.slice(0, start), `${written} `, after, each, field.name);
      });
  }
  const name = NAME.exec(before);
  if (!name?.[2]) return [];
  const typed = name[2].toLowerCase();
  const start = before.length - typed.length;
  return fields
    .filter((field) => field.name.startsWith(typed) && field.name !== typed)
    .slice(0, MOST)
    .map((field) => {
      const sign = field.keyed ? "." : ORDERED.has(field.kind) ? " > " : ":";
      return taken(before.slice(0, start), `${field.name}${sign}`, after, field.name, field.help);
    });
}

function taken(head: string, middle: string, tail: string, label: string, help: string): Hint {
  return { label, help, text: head + middle + tail.trimStart(), caret: (head + middle).length };
}
