import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Group, Trace } from "@/api/model";
import { StatusDot } from "@/components/Badge";
import { type GroupColumn, GroupTable } from "@/components/GroupTable";
import { count, dateTime, duration, money, percent } from "@/lib/format";
import styles from "./GroupsPage.module.css";

/** What the traces of a session or user add up to. */
export function GroupFacts({ group, children }: { group: Group; children?: ReactNode }) {
  return (
    <dl className={styles.facts}>
      <Fact label="First seen">{dateTime(new Date(group.first_time))}</Fact>
      <Fact label="Last seen">{dateTime(new Date(group.last_time))}</Fact>
      <Fact label="Traces">
        {count(group.traces)}
        {group.complete ? "" : "+"}
        {group.complete ? "" : "+"}
      </Fact>
      <Fact label="Error rate">{percent(group.traces ? group.errors / group.traces : null)}</Fact>
      <Fact label="Tokens">
        {count(group.input_tokens)} in, {count(group.output_tokens)} out
      </Fact>
      <Fact label="Cost">{money(group.cost_usd)}</Fact>
      <Fact label="Latency p50, p95">
        {duration(group.latency_p50_ms)}, {duration(group.latency_p95_ms)}
      </Fact>
      {group.models.length > 0 && <Fact label="Models">{group.models.join(", ")}</Fact>}
      {children}
    </dl>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const COLUMNS: GroupColumn<Trace>[] = [
  { label: "Time", render: (row) => dateTime(new Date(row.start_time)) },
  {
    label: "Trace",
    render: (row) => (
      <Link to="/traces/$traceId" params={{ traceId: row.trace_id }} search={{}}>
        {row.name || "unnamed"}
      </Link>
    ),
  },
  { label: "Status", render: (row) => <StatusDot status={row.status} /> },
  { label: "Models", render: (row) => row.models.join(", ") },
  { label: "Duration", isNumber: true, render: (row) => duration(row.duration_ms) },
  {
    label: "Tokens",
    isNumber: true,
    render: (row) => count(row.usage.input_total + row.usage.output_total),
  },
  { label: "Cost", isNumber: true, render: (row) => money(row.cost_usd) },
];

/** The traces, in the order given. */
export function Timeline({ traces }: { traces: readonly Trace[] }) {
  return (
    <GroupTable label="Traces" rows={traces} columns={COLUMNS} keyOf={(row) => row.trace_id} />
  );
}
