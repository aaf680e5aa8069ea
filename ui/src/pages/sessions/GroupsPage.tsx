import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { type GroupKind, useGroups } from "@/api/groups";
import { ApiError } from "@/api/http";
import type { Group } from "@/api/model";
import { Badge, type Tone } from "@/components/Badge";
import { Button } from "@/components/Button";
import { type GroupColumn, GroupTable } from "@/components/GroupTable";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import type { TraceFilters } from "@/lib/filters";
import { ago, compactCount, count, duration, money, NONE, percent } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { FilterBar } from "@/pages/traces/FilterBar";
import styles from "./GroupsPage.module.css";

const WORDS = {
  sessions: {
    title: "Sessions",
    one: "/sessions/$sessionId",
    empty: "No sessions yet",
    hint: "Calls that name a session (the header x-vedette-session, or session.id of a span) are gathered here.",
  },
  "end-users": {
    title: "Users",
    one: "/users/$userId",
    empty: "No users yet",
    hint: "Calls that name their user (the header x-vedette-user, or user.id of a span) are gathered here.",
  },
} as const;

const SEGMENTS: Record<Group["segment"], Tone> = { new: "info", active: "good", quiet: "neutral" };

interface GroupsPageProps {
  kind: GroupKind;
  filters: TraceFilters;
  onFilters: (filters: TraceFilters) => void;
}

/** Sessions or users, the latest activity first. */
export function GroupsPage({ kind, filters, onFilters }: GroupsPageProps) {
  const words = WORDS[kind];
  const query = useGroups(kind, filters);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const search = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const [selected, setSelected] = useState(-1);
  const move = (by: number) =>
    setSelected((at) => Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by)));
  const open = (id: string) =>
    kind === "sessions"
      ? navigate({ to: "/sessions/$sessionId", params: { sessionId: id } })
      : navigate({ to: "/users/$userId", params: { userId: id } });
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => rows[selected] && open(rows[selected].id),
    "/": () => search.current?.focus(),
    Escape: () => setSelected(-1),
  });
  return (
    <>
      <PageHeader title={words.title}>
        <TimeRangePicker
          value={filters}
          fallback={null}
          onChange={(range) => onFilters({ ...filters, ...range } as TraceFilters)}
        />
      </PageHeader>
      <FilterBar
        filters={filters}
        searchRef={search}
        problem={query.error instanceof ApiError ? problemOf(query.error) : undefined}
        onChange={onFilters}
      />
      <div className={styles.body}>
        {query.isPending ? (
          <Skeleton height={240} />
        ) : query.isError && !query.data ? (
          <ErrorState
            title={`The ${words.title.toLowerCase()} cannot be loaded`}
            error={query.error}
            onRetry={query.refetch}
          />
        ) : rows.length === 0 && !query.hasNextPage ? (
          <Empty icon={kind === "sessions" ? "sessions" : "user"} title={words.empty}>
            <p>{words.hint}</p>
          </Empty>
        ) : (
          <GroupTable
            label={words.title}
            rows={rows}
            columns={kind === "sessions" ? SESSION_COLUMNS : USER_COLUMNS}
            keyOf={(row) => row.id}
            selected={selected}
            footer={
              query.hasNextPage && (
                <Button disabled={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                  {query.isFetchingNextPage ? "Loading…" : "Show more"}
                </Button>
              )
            }
          />
        )}
      </div>
    </>
  );
}

function problemOf(error: ApiError): string | undefined {
  return error.code === "invalid_filter" ? error.message : undefined;
}

const FIGURES: GroupColumn<Group>[] = [
  {
    label: "Traces",
    isNumber: true,
    // Of very many the latest are added up.
    render: (row) => (row.complete ? count(row.traces) : `${count(row.traces)}+`),
  },
  {
    label: "Failed",
    isNumber: true,
    render: (row) => (row.errors ? <Badge tone="bad">{count(row.errors)}</Badge> : NONE),
  },
  {
    label: "Tokens",
    isNumber: true,
    render: (row) => compactCount(row.input_tokens + row.output_tokens),
  },
  { label: "Cost", isNumber: true, render: (row) => money(row.cost_usd) },
  { label: "p50", isNumber: true, render: (row) => duration(row.latency_p50_ms) },
];

const LAST: GroupColumn<Group> = {
  label: "Last seen",
  render: (row) => (
    <time dateTime={row.last_time} title={row.last_time}>
      {ago(new Date(row.last_time), new Date())}
    </time>
  ),
};

const SESSION_COLUMNS: GroupColumn<Group>[] = [
  {
    label: "Session",
    render: (row) => (
      <Link to="/sessions/$sessionId" params={{ sessionId: row.id }} title={row.id}>
        {row.id}
      </Link>
    ),
  },
  LAST,
  { label: "Lasted", isNumber: true, render: (row) => duration(row.duration_ms) },
  { label: "User", render: (row) => row.users.join(", ") || NONE },
  { label: "Models", render: (row) => row.models.join(", ") || NONE },
  ...FIGURES,
];

const USER_COLUMNS: GroupColumn<Group>[] = [
  {
    label: "User",
    render: (row) => (
      <Link to="/users/$userId" params={{ userId: row.id }} title={row.id}>
        {row.id}
      </Link>
    ),
  },
  {
    label: "Segment",
    render: (row) => <Badge tone={SEGMENTS[row.segment]}>{row.segment}</Badge>,
  },
  LAST,
  { label: "Active days", isNumber: true, render: (row) => count(row.active_days) },
  { label: "Sessions", isNumber: true, render: (row) => count(row.sessions) },
  ...FIGURES,
  {
    label: "Error rate",
    isNumber: true,
    render: (row) => percent(row.traces ? row.errors / row.traces : null),
  },
];
