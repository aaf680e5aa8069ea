/** Which words of two texts are the same, gone or new. */

export interface TextPiece {
  type: "same" | "gone" | "new";
  text: string;
}

const MOST_WORDS = 1_500;

/** Words that are the same, gone or new; long texts are compared as a whole. */
export function diffWords(before: string, after: string): TextPiece[] {
  if (before === after) return before ? [{ type: "same", text: before }] : [];
  const a = before.split(/(\s+)/);
  const b = after.split(/(\s+)/);
  if (a.length > MOST_WORDS || b.length > MOST_WORDS)
    return pieces(["gone", before], ["new", after]);
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] =
        a[i] === b[j]
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
  const found: [TextPiece["type"], string][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push(["same", a[i++] ?? ""]);
      j++;
    } else if (
      i < a.length &&
      (j >= b.length || (best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0))
    )
      found.push(["gone", a[i++] ?? ""]);
    else found.push(["new", b[j++] ?? ""]);
  }
  return pieces(...found);
}

function pieces(...found: [TextPiece["type"], string][]): TextPiece[] {
  const joined: TextPiece[] = [];
  for (const [type, text] of found) {
    const last = joined.at(-1);
    if (last?.type === type) last.text += text;
    else if (text) joined.push({ type, text });
  }
  return joined;
}
