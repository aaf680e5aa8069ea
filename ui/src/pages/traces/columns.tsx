import type { ReactNode } from "react";
import type { Trace } from "@/api/model";
import { Badge, StatusDot } from "@/components/Badge";
import { ago, compactCount, count, dateTime, duration, listTime, money, NONE } from "@/lib/format";
import { middle } from "@/lib/text";
import styles from "./TraceTable.module.css";

export interface Column {
  id: string;
  label: string;
  /** A grid track. */
  width: string;
  isNumber?: boolean;
  render: (trace: Trace, now: Date) => ReactNode;
}

const dim = <span className={styles.dim}>{NONE}</span>;

function some(values: readonly string[]): ReactNode {
  if (values.length === 0) return dim;
  const rest = values.length > 1 ? ` +${values.length - 1}` : "";
  return <span title={values.join(", ")}>{`${values[0]}${rest}`}</span>;
}

function id(value: string | null): ReactNode {
  return value === null ? dim : <span title={value}>{middle(value, 15)}</span>;
}

export const COLUMNS: readonly Column[] = [
  {
    id: "time",
    label: "Time",
    width: "78px",
    render: (trace, now) => {
      const at = new Date(trace.start_time);
      return (
        <time
          className={styles.dimmed}
          dateTime={trace.start_time}
          title={`${dateTime(at)} · ${ago(at, now)}`}
        >
          {listTime(at, now)}
        </time>
      );
    },
  },
  {
    id: "status",
    label: "Status",
    width: "58px",
    render: (trace) => <StatusDot status={trace.status} />,
  },
  {
    id: "model",
    label: "Model",
    width: "minmax(110px, 1.1fr)",
    render: (trace) => some(trace.models),
  },
  {
    id: "provider",
    label: "Provider",
    width: "minmax(76px, 0.6fr)",
    render: (trace) => some(trace.providers),
  },
  {
    id: "duration",
    label: "Duration",
    width: "66px",
    isNumber: true,
    render: (trace) => duration(trace.duration_ms),
  },
  {
    id: "ttft",
    label: "First token",
    width: "72px",
    isNumber: true,
    render: (trace) => (trace.ttft_ms === null ? dim : duration(trace.ttft_ms)),
  },
  {
    id: "tokens",
    label: "Tokens",
    width: "98px",
    isNumber: true,
    render: ({ usage }) => (
      <span title={`${count(usage.input_total)} in, ${count(usage.output_total)} out`}>
        {compactCount(usage.input_total)}
        <span className={styles.dim}> → </span>
        {compactCount(usage.output_total)}
      </span>
    ),
  },
  {
    id: "cost",
    label: "Cost",
    width: "80px",
    isNumber: true,
    render: (trace) => (trace.cost_usd === null ? dim : money(trace.cost_usd)),
  },
  {
    id: "session",
    label: "Session",
    width: "minmax(90px, 0.8fr)",
    render: (trace) => id(trace.session_id),
  },
  {
    id: "user",
    label: "User",
    width: "minmax(70px, 0.6fr)",
    render: (trace) => id(trace.user_id),
  },
  {
    id: "tags",
    label: "Tags",
    width: "minmax(110px, 1.1fr)",
    render: (trace) => <Tags tags={trace.tags} />,
  },
  {
    id: "scores",
    label: "Scores",
    width: "minmax(90px, 0.8fr)",
    render: (trace) => {
      const scores = Object.entries(trace.scores ?? {});
      if (scores.length === 0) return dim;
      const text = scores.map(([name, value]) => `${name} ${value}`).join(", ");
      return <span title={text}>{text}</span>;
    },
  },
  {
    id: "spans",
    label: "Spans",
    width: "56px",
    isNumber: true,
    render: (trace) => count(trace.span_count),
  },
  {
    id: "id",
    label: "Trace id",
    width: "116px",
    render: (trace) => <code title={trace.trace_id}>{trace.trace_id.slice(0, 12)}</code>,
  },
];

export const DEFAULT_COLUMNS: readonly string[] = COLUMNS.map((column) => column.id).filter(
  (id) => id !== "spans" && id !== "id" && id !== "scores",
);

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return dim;
  return (
    <span className={styles.tags} title={tags.join(", ")}>
      <Badge>{tags[0]}</Badge>
      {tags.length > 1 && <span className={styles.more}>+{tags.length - 1}</span>}
    </span>
  );
}
