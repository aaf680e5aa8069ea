import { Fragment, useMemo, useState } from "react";
import type { Span } from "@/api/model";
import { Button } from "@/components/Button";
import { Copy } from "@/components/Copy";
import { type ChatEntry, type ChatPart, foldHistory, pairChat } from "@/lib/chat";
import { cx } from "@/lib/cx";
import { pretty } from "@/lib/text";
import styles from "./Conversation.module.css";
import { PartView } from "./PartView";

const NOTHING: Record<string, string> = {
  none: "Nothing was captured.",
  hash: "Only hashes were captured.",
};

/** Plain text of a call that failed is the provider's error, not the model's words. */
function speaker(span: Span): string {
  return span.status.code === "error" ? "error" : "assistant";
}

/** The messages of a call as a chat; what the model said in this very call stands out. */
export function Conversation({ span }: { span: Span }) {
  const [isWhole, setWhole] = useState(false);
  const entries = useMemo(() => pairChat(span.input, span.output, speaker(span)), [span]);
  if (entries.length === 0) {
    return (
      <p className={styles.nothing}>
        {NOTHING[span.capture] ?? "This span has no input and no output."}
      </p>
    );
  }
  const shown = isWhole ? entries : foldHistory(entries);
  const folded = entries.length - shown.length;
  const hasOutput = entries.some((entry) => entry.isOutput);
  return (
    <div className={styles.chat}>
      {shown.map((entry, index) => (
        <Fragment key={entry.key}>
          {folded > 0 && index === 1 && (
            <Button onClick={() => setWhole(true)}>
              {folded === 1 ? "Show 1 earlier message" : `Show ${folded} earlier messages`}
            </Button>
          )}
          <Entry entry={entry} />
        </Fragment>
      ))}
      {!hasOutput && span.status.code === "error" && (
        <p className={styles.nothing}>There was no answer.</p>
      )}
    </div>
  );
}

function plainText(part: ChatPart): string {
  if (part.type === "text" || part.type === "reasoning" || part.type === "refusal")
    return part.content;
  return pretty(part);
}

/** Long instructions and histories start folded: the answer is what is looked for. */
const FOLD_FROM = 4_000;

export function Entry({ entry }: { entry: ChatEntry }) {
  const label = entry.name ? `${entry.role} · ${entry.name}` : entry.role;
  const size = entry.parts.reduce((sum, part) => sum + plainText(part).length, 0);
  return (
    <article
      className={cx(styles.entry, entry.isOutput && styles.output)}
      aria-label={`Message of ${label}`}
    >
      <div className={styles.head}>
        <span className={styles.role} data-role={entry.role}>
          {label}
        </span>
        {entry.isOutput && entry.role !== "error" && <span className={styles.meta}>answer</span>}
        {entry.finishReason && <span className={styles.meta}>finish: {entry.finishReason}</span>}
        <span className={styles.push}>
          <Copy text={() => entry.parts.map(plainText).join("\n\n")} label="Copy this message" />
        </span>
      </div>
      <div className={styles.parts}>
        {entry.parts.length === 0 && <span className={styles.waiting}>empty</span>}
        {entry.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no id and never move
          <PartView key={index} part={part} limit={size > FOLD_FROM ? 1_200 : FOLD_FROM} />
        ))}
      </div>
    </article>
  );
}
