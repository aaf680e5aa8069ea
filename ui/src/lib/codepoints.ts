/** The API counts characters as Unicode does, a string of JavaScript in halves of some of them. */

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/;

/** From a character's number to its index in the string; beyond the end: its length. */
export function indexer(text: string): (character: number) => number {
  if (!PAIR.test(text)) return (character) => Math.min(character, text.length);
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    starts.push(at);
    at += character.length;
  }
  return (character) => starts[character] ?? text.length;
}

/** What is before, within and behind a range of characters. */
export function cutAround(text: string, start: number, end: number): [string, string, string] {
  const indexOf = indexer(text);
  const [from, to] = [indexOf(start), indexOf(Math.max(start, end))];
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}
