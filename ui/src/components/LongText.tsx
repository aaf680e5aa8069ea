import { useState } from "react";
import { Copy } from "@/components/Copy";
import { type Piece, splitCode } from "@/lib/fences";
import { count } from "@/lib/format";
import { splitHidden } from "@/lib/hidden";
import { cut } from "@/lib/text";
import styles from "./LongText.module.css";

interface LongTextProps {
  text: string;
  limit?: number;
  /** Code between fences stands in boxes of its own. */
  isProse?: boolean;
}

/** Text that shows its first `limit` characters until asked for the rest. */
export function LongText({ text, limit = 2000, isProse }: LongTextProps) {
  const [isWhole, setWhole] = useState(false);
  const Body = isProse ? Prose : Shown;
  if (text.length <= limit * 1.2) return <Body text={text} />;
  return (
    <>
      <Body text={isWhole ? text : `${cut(text, limit)}…`} />
      <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
        {isWhole ? "Show less" : `Show all ${count(text.length)} characters`}
      </button>
    </>
  );
}

function Prose({ text }: { text: string }) {
  const pieces = splitCode(text);
  if (pieces.length === 1 && !pieces[0]?.isCode) return <Shown text={text} />;
  return (
    <>
      {pieces.map((piece, index) =>
        piece.isCode ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no id and never move
          <Code key={index} piece={piece} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no id and never move
          <Shown key={index} text={piece.text} />
        ),
      )}
    </>
  );
}

function Code({ piece }: { piece: Piece }) {
  const label = piece.language ? `Code: ${piece.language}` : "Code";
  return (
    <figure className={styles.code}>
      <figcaption>
        {piece.language || "code"}
        <Copy text={piece.text} label="Copy this code" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section tabIndex={0} aria-label={label}>
        <Shown text={piece.text} />
      </section>
    </figure>
  );
}

/** Text in which nothing hides: invisible characters are named. */
function Shown({ text }: { text: string }) {
  const pieces = splitHidden(text);
  if (pieces.length === 1 && typeof pieces[0] === "string") return <>{text}</>;
  return (
    <>
      {pieces.map((piece, index) =>
        typeof piece === "string" ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no id and never move
          <mark key={index} className={styles.hidden} title={piece.title}>
            {piece.label}
          </mark>
        ),
      )}
    </>
  );
}
