import { Link } from "@tanstack/react-router";
import { type CSSProperties, type MouseEvent, memo } from "react";
import type { Trace } from "@/api/model";
import { StatusDot } from "@/components/Badge";
import { compactCount, duration, listTime, money } from "@/lib/format";
import type { Column } from "./columns";
import styles from "./TraceTable.module.css";

export interface TraceRowProps {
  trace: Trace;
  columns: readonly Column[];
  now: Date;
  index: number;
  isSelected: boolean;
  style: CSSProperties;
  onOpen: (trace: Trace) => void;
}

/** The link in the row does what links do; elsewhere in the row a plain click opens it too. */
function openOnClick(event: MouseEvent, open: () => void): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  const isLink = event.target instanceof Element && event.target.closest("a");
  if (isPlain && !isLink && !getSelection()?.toString()) open();
}

export const TraceRow = memo(function TraceRow(props: TraceRowProps) {
  const { trace, columns, now } = props;
  return (
    <tr
      className={styles.row}
      style={props.style}
      aria-rowindex={props.index + 1}
      aria-selected={props.isSelected}
      onClick={(event) => openOnClick(event, () => props.onOpen(trace))}
    >
      {columns.slice(0, 1).map((column) => cell(column, trace, now))}
      <td className={styles.name}>
        <TraceLink trace={trace} />
      </td>
      {columns.slice(1).map((column) => cell(column, trace, now))}
    </tr>
  );
});

function cell(column: Column, trace: Trace, now: Date) {
  return (
    <td key={column.id} className={column.isNumber ? styles.number : undefined}>
      {column.render(trace, now)}
    </td>
  );
}

function TraceLink({ trace }: { trace: Trace }) {
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId: trace.trace_id }}
      preload={false}
      title={trace.name}
    >
      {trace.name || "unnamed"}
      {trace.span_count > 1 && <span className={styles.spans}>{trace.span_count} spans</span>}
    </Link>
  );
}

/** The row of a phone: two lines instead of columns. */
export const TraceCard = memo(function TraceCard(props: TraceRowProps) {
  const { trace, now } = props;
  return (
    <tr
      className={styles.row}
      style={props.style}
      aria-rowindex={props.index + 1}
      aria-selected={props.isSelected}
      onClick={(event) => openOnClick(event, () => props.onOpen(trace))}
    >
      <td>
        <div className={styles.card}>
          <span className={styles.name}>
            <TraceLink trace={trace} />
          </span>
          <span className={styles.end}>
            <StatusDot status={trace.status} />
          </span>
          <span className={styles.cardFacts}>
            <span>{trace.models[0] ?? ""}</span>
            <span>{duration(trace.duration_ms)}</span>
            <span>{compactCount(trace.usage.input_total + trace.usage.output_total)} tok</span>
            <span>{money(trace.cost_usd)}</span>
          </span>
          <time className={styles.dimmed} dateTime={trace.start_time}>
            {listTime(new Date(trace.start_time), now)}
          </time>
        </div>
      </td>
    </tr>
  );
});
