import { useMemo } from "react";
import type { Span } from "@/api/model";
import { Copy } from "@/components/Copy";
import { JsonTree } from "@/components/JsonTree";
import { LongText } from "@/components/LongText";
import { bytes } from "@/lib/format";
import { parseJson, pretty } from "@/lib/text";
import styles from "./Raw.module.css";

/** What went over the wire and what was stored, as it is. */
export function Raw({ span }: { span: Span }) {
  const { raw_request, raw_response, attributes, ...rest } = span;
  return (
    <div className={styles.raw}>
      {raw_request !== null && <Body title="Request" text={raw_request} />}
      {raw_response !== null && <Body title="Response" text={raw_response} />}
      <Block title="Attributes" text={() => pretty(attributes)}>
        <JsonTree value={attributes} />
      </Block>
      <Block title="Span" text={() => pretty(rest)}>
        <JsonTree value={rest} depth={1} />
      </Block>
    </div>
  );
}

function Body({ title, text }: { title: string; text: string }) {
  const value = useMemo(() => parseJson(text), [text]);
  const size = bytes(new TextEncoder().encode(text).length);
  return (
    <Block title={title} note={size} text={() => text}>
      {typeof value === "object" && value !== null ? (
        <JsonTree value={value} depth={3} />
      ) : (
        <pre>
          <LongText text={text} limit={8_000} />
        </pre>
      )}
    </Block>
  );
}

interface BlockProps {
  title: string;
  note?: string;
  text: () => string;
  children: React.ReactNode;
}

function Block({ title, note, text, children }: BlockProps) {
  return (
    <section className={styles.block} aria-label={title}>
      <div className={styles.head}>
        <h3>{title}</h3>
        {note && <span>{note}</span>}
        <span className={styles.push}>
          <Copy text={text} label={`Copy: ${title}`} />
        </span>
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
