/** Characters that nobody sees: what a model reads and a person does not. */

export interface Hidden {
  /** What stands for them, such as `U+202E`, or the letters that tags spell. */
  label: string;
  title: string;
}

/**
 * Controls of writing direction that reorder what is read, spaces without width, and tags. What
 * scripts and emoji need (joiners, marks of direction, variation selectors) is left alone.
 */
const HIDDEN = /[\u202A-\u202E\u2066-\u2069\u200B\u2060-\u2064\uFEFF]|[\u{E0000}-\u{E007F}]+/gu;
/** A flag such as that of Wales is spelled in tags behind a black flag. */
const FLAG = /\u{1F3F4}$/u;
const TAGS = 0xe0000;
/** Who hides more than this in one text has made the point. */
const MOST_MARKS = 500;

/** The text in pieces: as it is, or hidden. */
export function splitHidden(text: string): (string | Hidden)[] {
  const pieces: (string | Hidden)[] = [];
  let from = 0;
  for (const found of text.matchAll(HIDDEN)) {
    const [what] = found;
    if (isTag(what) && FLAG.test(text.slice(0, found.index))) continue;
    if (pieces.length > 2 * MOST_MARKS) break;
    if (found.index > from) pieces.push(text.slice(from, found.index));
    pieces.push(isTag(what) ? tags(what) : control(what));
    from = found.index + what.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

const isTag = (what: string) => (what.codePointAt(0) ?? 0) >= TAGS;

function tags(what: string): Hidden {
  const letters = Array.from(what, (tag) => {
    const code = (tag.codePointAt(0) ?? TAGS) - TAGS;
    return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : "";
  });
  return { label: letters.join("") || "U+E0000", title: "Hidden in invisible tag characters" };
}

function control(what: string): Hidden {
  const code = what.charCodeAt(0).toString(16).toUpperCase();
  return { label: `U+${code.padStart(4, "0")}`, title: "An invisible character" };
}
