/** The token buckets that hold something, in reading order. */
import type { Usage } from "@/api/model";

export interface Bucket {
  label: string;
  tokens: number;
  side: "input" | "output";
}

const BUCKETS: readonly [keyof Usage, string, Bucket["side"]][] = [
  ["input_uncached", "uncached", "input"],
  ["cache_read", "cache read", "input"],
  ["cache_write", "cache write", "input"],
  ["cache_write_1h", "cache write 1 h", "input"],
  ["audio_input", "audio", "input"],
  ["image_input", "image", "input"],
  ["output_text", "text", "output"],
  ["reasoning", "reasoning", "output"],
  ["audio_output", "audio", "output"],
  ["image_output", "image", "output"],
];

export function bucketsOf(usage: Partial<Usage>): Bucket[] {
  return BUCKETS.flatMap(([name, label, side]) => {
    const tokens = Number(usage[name] ?? 0);
    return tokens > 0 ? [{ label, tokens, side }] : [];
  });
}
