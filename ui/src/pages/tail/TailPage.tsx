import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { ApiError, request } from "@/api/http";
import { useLiveTraces } from "@/api/live";
import type { Page, Span } from "@/api/model";
import { StatusDot } from "@/components/Badge";
import { Button } from "@/components/Button";
import { type GroupColumn, GroupTable } from "@/components/GroupTable";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { filterParams, type TraceFilters } from "@/lib/filters";
import { clockTime, count, duration, money, NONE } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { mergeTail } from "@/lib/tail";
import styles from "@/pages/sessions/GroupsPage.module.css";
import { FilterBar } from "@/pages/traces/FilterBar";

const route = getRouteApi("/tail");

/** Spans as they come, newest on top; what is older than the last 500 falls off. */
export function TailPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [isPaused, setPaused] = useState(false);
  const { rows, problem, clear } = useTail(filters, isPaused);
  useKeys({
    l: () => setPaused(!isPaused),
    c: clear,
    "/": () => search.current?.focus(),
  });
  return (
    <>
      <PageHeader title="Live tail">
        <Button
          icon={isPaused ? "play" : "pause"}
          aria-pressed={isPaused}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? "Go on" : "Pause"}
        </Button>
        <Button onClick={clear}>Clear</Button>
      </PageHeader>
      <FilterBar
        filters={filters}
        searchRef={search}
        problem={problem}
        onChange={(next: TraceFilters) => navigate({ search: next })}
      />
      <div className={styles.body}>
        {rows.length === 0 ? (
          <Empty icon="live" title={isPaused ? "Paused" : "Listening"}>
            <p>Spans that match show up here as they are recorded.</p>
          </Empty>
        ) : (
          <GroupTable
            label="Spans"
            rows={rows}
            columns={COLUMNS}
            keyOf={(row) => `${row.trace_id} ${row.span_id}`}
          />
        )}
      </div>
    </>
  );
}

function useTail(filters: TraceFilters, isPaused: boolean) {
  const [rows, setRows] = useState<Span[]>([]);
  const [problem, setProblem] = useState<string>();
  const isBusy = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other filters are another tail
  useEffect(() => setRows([]), [filters]);
  const look = async () => {
    if (isPaused || isBusy.current) return;
    isBusy.current = true;
    try {
      const params = { ...filterParams(filters), payload: "false", limit: 100 };
      const page = await request<Page<Span>>("/spans", { params });
      setProblem(undefined);
      setRows((known) => mergeTail(known, page.items));
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    } finally {
      isBusy.current = false;
    }
  };
  useLiveTraces(() => void look(), 400);
  return { rows, problem, clear: () => setRows([]) };
}

const COLUMNS: GroupColumn<Span>[] = [
  { label: "Time", render: (row) => clockTime(new Date(row.start_time)) },
  {
    label: "Span",
    render: (row) => (
      <Link to="/traces/$traceId" params={{ traceId: row.trace_id }} search={{ span: row.span_id }}>
        {row.name || "unnamed"}
      </Link>
    ),
  },
  { label: "Kind", render: (row) => row.kind },
  { label: "Status", render: (row) => <StatusDot status={row.status.code} /> },
  { label: "Model", render: (row) => row.model ?? NONE },
  { label: "User", render: (row) => row.user_id ?? NONE },
  { label: "Duration", isNumber: true, render: (row) => duration(row.duration_ms) },
  {
    label: "Tokens",
    isNumber: true,
    render: (row) => count(row.usage.input_total + row.usage.output_total),
  },
  { label: "Cost", isNumber: true, render: (row) => money(row.cost_usd) },
];
