import type { DriftAlarm } from "@/api/model";
import type { Tone } from "@/components/Badge";
import { percent } from "@/lib/format";

export const SEVERITY_TONES: Record<DriftAlarm["severity"], Tone> = {
  none: "good",
  low: "info",
  medium: "warn",
  high: "bad",
  critical: "bad",
};

const MOST_CLASSES = 2;

/** One side of an effect: a median, or the classes with the largest shares. */
export function sideOf(side: number | Record<string, number>): string {
  if (typeof side === "number") return Number(side.toPrecision(4)).toString();
  return Object.entries(side)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_CLASSES)
    .map(([name, share]) => `${name || "none"} ${percent(share, 0)}`)
    .join(", ");
}
