import { useState } from "react";
import { count } from "@/lib/format";
import { cut } from "@/lib/text";
import styles from "./LongText.module.css";

/** Text that shows its first `limit` characters until asked for the rest. */
export function LongText({ text, limit = 2000 }: { text: string; limit?: number }) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= limit * 1.2) return <>{text}</>;
  return (
    <>
      {isWhole ? text : `${cut(text, limit)}…`}
      <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
        {isWhole ? "Show less" : `Show all ${count(text.length)} characters`}
      </button>
    </>
  );
}
