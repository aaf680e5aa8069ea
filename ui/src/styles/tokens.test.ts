import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** `--name: light-dark(#light, #dark)` by name. */
const colors = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light: light ?? "", dark: dark ?? "" }],
  ),
);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const PAIRS = [
  ...["text", "text-2", "text-3", "accent", "bad", "good"].flatMap((text) =>
    ["bg", "surface", "surface-2"].map((ground) => [text, ground] as const),
  ),
  ...["good", "bad", "warn", "info", "violet", "accent"].map(
    (tone) => [tone, `${tone}-soft`] as const,
  ),
  ["on-accent", "accent"] as const,
  ["on-bad", "bad"] as const,
  ["text", "accent-soft"] as const,
];

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test.each(PAIRS)("%s on %s can be read", (text, ground) => {
    const [front, back] = [colors.get(text)?.[theme], colors.get(ground)?.[theme]];
    expect(contrast(front ?? "", back ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("line %s of a chart stands out", (index) => {
    const line = colors.get(`series-${index}`)?.[theme] ?? "";
    expect(contrast(line, colors.get("surface")?.[theme] ?? "")).toBeGreaterThanOrEqual(3);
  });
});
