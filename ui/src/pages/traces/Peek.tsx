import { Link } from "@tanstack/react-router";
import type { Trace } from "@/api/model";
import { useSpan, useTrace } from "@/api/traces";
import { StatusBadge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { ErrorState, Skeleton } from "@/components/States";
import { count, duration, money } from "@/lib/format";
import { firstSpan } from "@/lib/spantree";
import { Conversation } from "@/pages/trace/Conversation";
import styles from "./Peek.module.css";

/** The trace beside the list: what was said, without leaving the place. */
export function Peek({ trace, onClose }: { trace: Trace; onClose: () => void }) {
  const detail = useTrace(trace.trace_id);
  const first = detail.data && firstSpan(detail.data.spans);
  const span = useSpan(trace.trace_id, first?.span_id);
  const error = detail.error ?? span.error;
  return (
    <aside className={styles.peek} aria-label={`Peek at ${trace.name || "unnamed"}`}>
      <div className={styles.head}>
        <h2>{trace.name || "unnamed"}</h2>
        <StatusBadge status={trace.status} />
        <Link to="/traces/$traceId" params={{ traceId: trace.trace_id }} search={{}}>
          Open
        </Link>
        <Button kind="ghost" icon="close" aria-label="Close the peek" onClick={onClose} />
      </div>
      <p className={styles.facts}>
        <span>{duration(trace.duration_ms)}</span>
        <span>{count(trace.usage.input_total + trace.usage.output_total)} tokens</span>
        <span>{money(trace.cost_usd)}</span>
        <span>{count(trace.span_count)} spans</span>
      </p>
      {span.data ? (
        <Conversation span={span.data} />
      ) : error ? (
        <ErrorState title="The trace cannot be loaded" error={error} />
      ) : (
        <Skeleton height={160} />
      )}
    </aside>
  );
}
