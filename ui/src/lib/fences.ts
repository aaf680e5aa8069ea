/** Code within text, between the fences of Markdown; nothing else of it is read. */

export interface Piece {
  text: string;
  isCode: boolean;
  /** As the fence names it; empty where it does not. */
  language: string;
}

const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`]*$/;

/** The pieces in order; code whose end is missing goes on to the end of the text. */
export function splitCode(text: string): Piece[] {
  if (!text.includes("```") && !text.includes("~~~"))
    return [{ text, isCode: false, language: "" }];
  const pieces: Piece[] = [];
  let lines: string[] = [];
  let fence = "";
  let language = "";
  const end = () => {
    const isCode = fence !== "";
    if (lines.length > 0 || isCode) pieces.push({ text: lines.join("\n"), isCode, language });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const opening = fence ? null : OPENING.exec(line);
    if (opening) {
      end();
      [, fence = "", language = ""] = opening;
    } else if (fence && isEnd(line, fence)) {
      end();
      [fence, language] = ["", ""];
    } else lines.push(line);
  }
  end();
  return pieces;
}

/** At least as many of the same marks, and nothing else. */
function isEnd(line: string, fence: string): boolean {
  const marks = line.trim();
  return marks.length >= fence.length && marks === fence.charAt(0).repeat(marks.length);
}
