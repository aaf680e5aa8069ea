/** What a call used: token buckets that hold something, in reading order, and searches. */
import type { Span, Usage } from "@/api/model";

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

const COST_SOURCES: Record<string, string> = {
  priced: "from the price list",
  partial: "from the price list, but not of all: searches have no known price",
  reported: "reported by the provider",
  unknown: "no price known",
};

/** Where the cost of a span comes from, or why there is none: a call that failed has no tokens. */
export function costSource(span: Pick<Span, "usage" | "cost_usd" | "cost_source">): string {
  const used = span.usage.input_total + span.usage.output_total;
  if (span.cost_usd === null && used === 0) return "no tokens to price";
  return COST_SOURCES[span.cost_source] ?? span.cost_source;
}
