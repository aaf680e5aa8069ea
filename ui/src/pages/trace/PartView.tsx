import { Icon } from "@/components/Icon";
import { JsonTree } from "@/components/JsonTree";
import { LongText } from "@/components/LongText";
import type { ChatPart, ToolPair } from "@/lib/chat";
import { bytes, counted } from "@/lib/format";
import { parseJson } from "@/lib/text";
import styles from "./Conversation.module.css";

/** One part of a message. Text is text: nothing in it is ever run, rendered or loaded. */
export function PartView({ part, limit }: { part: ChatPart; limit: number }) {
  switch (part.type) {
    case "text":
      return <Text text={part.content} limit={limit} />;
    case "reasoning":
      return <Reasoning text={part.content} isRedacted={part.redacted ?? false} />;
    case "refusal":
      return (
        <div className={styles.refusal}>
          <strong>Refused: </strong>
          <LongText text={part.content} />
        </div>
      );
    case "media":
      return <Media part={part} />;
    case "tool":
      return <Tool pair={part} />;
    default:
      return <JsonTree value={part.content} />;
  }
}

/** Structured answers are shown as the tree they are; above this size parsing is not worth it. */
const MOST_JSON = 100_000;

function Text({ text, limit }: { text: string; limit: number }) {
  const isJson = /^\s*[{[]/.test(text) && text.length <= MOST_JSON;
  const value = isJson ? parseJson(text) : text;
  if (typeof value === "object" && value !== null) return <JsonTree value={value} depth={3} />;
  return (
    <div className={styles.text}>
      <LongText text={text} limit={limit} isProse />
    </div>
  );
}

function Reasoning({ text, isRedacted }: { text: string; isRedacted: boolean }) {
  return (
    <details className={styles.fold}>
      <summary>
        <Icon name="brain" />
        Reasoning
        <span className={styles.meta}>
          {isRedacted ? "encrypted by the provider" : counted(text.length, "character")}
        </span>
      </summary>
      <div className={styles.text}>
        <LongText text={text} isProse />
      </div>
    </details>
  );
}

function Media({ part }: { part: Extract<ChatPart, { type: "media" }> }) {
  const where = part.uri || part.file_id;
  return (
    <div className={styles.media}>
      <Icon name="image" width={20} height={20} />
      <span>
        {part.modality} {part.mime_type} {part.size_bytes ? bytes(part.size_bytes) : ""}
        {where && (
          <>
            <br />
            <code>
              <LongText text={where} limit={160} />
            </code>
          </>
        )}
        <br />
        <span className={styles.meta}>Not loaded: media of traces is never fetched.</span>
      </span>
    </div>
  );
}

function Tool({ pair }: { pair: ToolPair }) {
  return (
    <div className={styles.tool}>
      <div className={styles.toolHead}>
        <Icon name="tool" />
        <b>{pair.call?.name ?? "result of an unknown call"}</b>
        {pair.id && <code title={pair.id}>{pair.id}</code>}
      </div>
      <div className={styles.sides}>
        {pair.call && (
          <div className={styles.side}>
            <h4>Arguments</h4>
            <Value value={pair.call.arguments} />
          </div>
        )}
        <div className={styles.side}>
          <h4>Result</h4>
          {pair.result ? (
            <Value value={pair.result.value} />
          ) : (
            <span className={styles.waiting}>not in this conversation</span>
          )}
        </div>
      </div>
    </div>
  );
}

/** JSON as a tree, also where it comes as text; other text as it is. */
function Value({ value }: { value: unknown }) {
  const parsed = typeof value === "string" ? parseJson(value) : value;
  if (typeof parsed === "object" && parsed !== null) return <JsonTree value={parsed} />;
  return (
    <div className={styles.text}>
      <LongText text={String(parsed ?? "–")} limit={1_200} />
    </div>
  );
}
