/** The first `limit` UTF-16 units, never half a surrogate pair. */
export function cut(text: string, limit: number): string {
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/** Both ends of a long id: ids of one kind differ at their end. */
export function middle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const tail = Math.ceil((limit - 1) * 0.6);
  return `${cut(text, limit - 1 - tail)}…${text.slice(-tail)}`;
}

/** The value behind JSON text, or the text where it is none (cut bodies, streams). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function pretty(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}

/** An input or output as plain text, for comparing. */
export function plainSide(side: unknown): string {
  if (side == null) return "";
  if (typeof side === "string") return side;
  if (!Array.isArray(side)) return pretty(side);
  return side
    .map(({ role, parts }: { role: string; parts?: Record<string, unknown>[] }) => {
      const said = (parts ?? []).map((part) =>
        typeof part.content === "string" ? part.content : pretty(part),
      );
      return `${role}: ${said.join("\n")}`;
    })
    .join("\n\n");
}
