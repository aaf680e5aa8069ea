import { useState } from "react";
import { count } from "@/lib/format";
import { splitHidden } from "@/lib/hidden";
import { cut } from "@/lib/text";
import styles from "./LongText.module.css";

/** Text that shows its first `limit` characters until asked for the rest. */
export function LongText({ text, limit = 2000 }: { text: string; limit?: number }) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= limit * 1.2) return <Shown text={text} />;
  return (
    <>
      <Shown text={isWhole ? text : `${cut(text, limit)}…`} />
      <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
        {isWhole ? "Show less" : `Show all ${count(text.length)} characters`}
      </button>
    </>
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
