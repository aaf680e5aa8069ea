import type { KeyboardEvent } from "react";
import type { Span } from "@/api/model";
import { Icon } from "@/components/Icon";
import { LongText } from "@/components/LongText";
import { ErrorState, Skeleton } from "@/components/States";
import { Aside } from "./Aside";
import { Conversation } from "./Conversation";
import styles from "./Detail.module.css";
import { Raw } from "./Raw";
import { TABS, type Tab } from "./search";
import { Timing } from "./Timing";

const LABELS: Record<Tab, string> = { conversation: "Conversation", timing: "Timing", raw: "Raw" };

const CAPTURE_NOTES: Record<string, string> = {
  none: "Capture is off for this route: the call was counted and priced, but nothing of its content was kept.",
  hash: "Capture keeps hashes only: equal texts have equal hashes, the texts themselves were not kept.",
  redacted: "Secrets and personal data were taken out before this was stored.",
};

interface DetailProps {
  span: Span;
  /** The same span with its payload, once it is loaded. */
  payload: Span | undefined;
  error: unknown;
  tab: Tab;
  onTab: (tab: Tab) => void;
  onRetry: () => void;
}

export function Detail({ span, payload, error, tab, onTab, onRetry }: DetailProps) {
  return (
    <section className={styles.detail} aria-label={`Span ${span.name}`}>
      <Tabs tab={tab} onTab={onTab} />
      <div className={styles.body} role="tabpanel" aria-label={LABELS[tab]}>
        {span.status.code === "error" && <Failure span={span} />}
        {payload ? (
          <Panel span={payload} tab={tab} />
        ) : error ? (
          <ErrorState title="The span cannot be loaded" error={error} onRetry={onRetry} />
        ) : (
          <Skeleton height={180} />
        )}
      </div>
    </section>
  );
}

function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const next = (TABS.indexOf(tab) + step + TABS.length) % TABS.length;
    onTab(TABS[next] ?? tab);
    (event.currentTarget.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div
      className={styles.tabs}
      role="tablist"
      aria-label="Views of the span"
      onKeyDown={onKeyDown}
    >
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          tabIndex={name === tab ? 0 : -1}
          aria-selected={name === tab}
          onClick={() => onTab(name)}
        >
          {LABELS[name]}
        </button>
      ))}
    </div>
  );
}

function Failure({ span }: { span: Span }) {
  return (
    <div className={styles.error} role="alert">
      <strong>This span failed</strong>
      {span.status.message && (
        <pre>
          <LongText text={span.status.message} limit={1200} />
        </pre>
      )}
    </div>
  );
}

function Panel({ span, tab }: { span: Span; tab: Tab }) {
  if (tab === "raw") return <Raw span={span} />;
  if (tab === "timing") return <Timing span={span} />;
  const note = CAPTURE_NOTES[span.capture];
  return (
    <div className={styles.columns}>
      <div>
        {note && (
          <p className={styles.note}>
            <Icon name="alert" />
            {note}
          </p>
        )}
        <Conversation span={span} />
      </div>
      <Aside span={span} />
    </div>
  );
}
