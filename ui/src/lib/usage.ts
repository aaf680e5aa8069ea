/** What a call used: token buckets that hold something, in reading order, and searches. */
import type { Usage } from "@/api/model";

export interface Bucket {
  label: string;
  tokens: number;
  side: "input" | "output";
}

const BUCKETS: readonly [keyof Usage, string, Bucket["side"]][] = [
  ["input_uncached", "uncached", "input"],
  ["cache_read", "cache read", "input"],
  ["cache_read_audio", "audio from cache", "input"],
  ["cache_read_image", "image from cache", "input"],
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

/** Searches that the provider ran, which are no tokens: label and count of those there are. */
export function searchesOf(
  usage: Pick<Usage, "web_searches" | "file_searches">,
): [label: string, count: number][] {
  const all: [string, number][] = [
    ["Web searches", usage.web_searches],
    ["File searches", usage.file_searches],
  ];
  return all.filter(([, count]) => count > 0);
}

export function cacheReadOf(
  tokens: Pick<Usage, "cache_read" | "cache_read_audio" | "cache_read_image">,
): number {
  return tokens.cache_read + tokens.cache_read_audio + tokens.cache_read_image;
}
