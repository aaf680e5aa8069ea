/** A browser's name for people, from what it calls itself; the beginning of it where unknown. */

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/(Firefox|FxiOS)\//, "Firefox"],
  [/(Chrome|CriOS)\//, "Chrome"],
  [/Version\/[\d.]+.* Safari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

export function agentName(agent: string): string {
  const find = (known: typeof BROWSERS) => known.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = find(BROWSERS);
  if (!browser) return agent.slice(0, 60) || "Unknown";
  const system = find(SYSTEMS);
  return system ? `${browser} on ${system}` : browser;
}
