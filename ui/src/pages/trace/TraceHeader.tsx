import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import type { Span, TraceDetail } from "@/api/model";
import { Badge, StatusBadge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Copy } from "@/components/Copy";
import { Icon } from "@/components/Icon";
import { ago, count, dateTime, duration, money, NONE } from "@/lib/format";
import { NotesPanel } from "./NotesPanel";
import styles from "./TracePage.module.css";
import type { Siblings } from "./useSiblings";

interface TraceHeaderProps {
  trace: TraceDetail;
  span: Span | undefined;
  siblings: Siblings;
  onGo: (traceId: string | undefined) => void;
}

export function TraceHeader({ trace, span, siblings, onGo }: TraceHeaderProps) {
  const name = trace.name || "unnamed";
  useEffect(() => {
    document.title = `${name} · Vedette`;
  }, [name]);
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <Link
          className={styles.back}
          to="/traces"
          search={siblings.filters}
          aria-label="Back to the traces"
        >
          <Icon name="left" />
          Traces
        </Link>
        <h1 title={name}>{name}</h1>
        <StatusBadge status={trace.status} />
        <span className={styles.id}>
          <code title={trace.trace_id}>{trace.trace_id}</code>
          <Copy text={trace.trace_id} label="Copy the trace id" />
        </span>
        <span className={styles.steps}>
          <NotesPanel traceId={trace.trace_id} />
          <Link
            className={styles.compare}
            to="/compare"
            search={{ a: siblings.older ?? trace.trace_id, b: trace.trace_id }}
            title="Beside the trace before it in the list"
          >
            Compare
          </Link>
          <Button
            isSmall
            icon="left"
            aria-label="Newer trace (Shift+K)"
            disabled={!siblings.newer}
            onClick={() => onGo(siblings.newer)}
          />
          <Button
            isSmall
            icon="right"
            aria-label="Older trace (Shift+J)"
            disabled={!siblings.older}
            onClick={() => onGo(siblings.older)}
          />
        </span>
      </div>
      <Facts trace={trace} span={span} />
    </header>
  );
}

/** As many tags as a head has room for. */
const FIRST_TAGS = 8;

/** Two lines of what may be long, all of it in the tip. */
function Long({ text }: { text: string }) {
  return (
    <bdi className={styles.long} title={text}>
      {text}
    </bdi>
  );
}

function Facts({ trace, span }: { trace: TraceDetail; span: Span | undefined }) {
  const at = new Date(trace.start_time);
  const { usage } = trace;
  const [hasEvery, setEvery] = useState(false);
  const tags = hasEvery ? trace.tags : trace.tags.slice(0, FIRST_TAGS);
  const more = trace.tags.length - tags.length;
  const isOne = trace.spans.length === 1;
  const source = isOne && trace.cost_usd !== null && span ? ` ${span.cost_source}` : "";
  const unpriced = usage.input_total + usage.output_total > 0 ? "no price known" : NONE;
  return (
    <dl className={styles.facts}>
      <Fact label="Started">
        <time dateTime={trace.start_time} title={trace.start_time}>
          {dateTime(at)}
        </time>{" "}
        <small>{ago(at, new Date())}</small>
      </Fact>
      <Fact label="Duration">{duration(trace.duration_ms)}</Fact>
      {trace.ttft_ms !== null && <Fact label="First token">{duration(trace.ttft_ms)}</Fact>}
      <Fact label="Tokens">
        {count(usage.input_total)} <small>in</small> {count(usage.output_total)} <small>out</small>
        {usage.estimated && <small> estimated</small>}
      </Fact>
      <Fact label="Cost">
        {trace.cost_usd === null ? <small>{unpriced}</small> : money(trace.cost_usd)}
        <small>{source}</small>
      </Fact>
      {trace.models.length > 0 && (
        <Fact label="Model">
          <Long text={trace.models.join(", ")} />
        </Fact>
      )}
      {trace.session_id && (
        <Fact label="Session">
          <Link to="/sessions/$sessionId" params={{ sessionId: trace.session_id }} search={{}}>
            <Long text={trace.session_id} />
          </Link>
        </Fact>
      )}
      {trace.user_id && (
        <Fact label="User">
          <Link to="/users/$userId" params={{ userId: trace.user_id }}>
            <Long text={trace.user_id} />
          </Link>
        </Fact>
      )}
      {trace.tags.length > 0 && (
        <Fact label="Tags">
          <span className={styles.tags}>
            {tags.map((tag) => (
              <Link key={tag} to="/traces" search={{ tag }}>
                <Badge title={tag}>{tag}</Badge>
              </Link>
            ))}
            {more > 0 && (
              <Button isSmall onClick={() => setEvery(true)}>
                {more} more
              </Button>
            )}
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
