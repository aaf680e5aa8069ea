import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { ApiError } from "@/api/http";
import type { TraceDetail } from "@/api/model";
import { useSpan, useTrace } from "@/api/traces";
import { Empty, ErrorState, Loading as LoadingGraph, Skeleton } from "@/components/States";
import { useKeys } from "@/lib/keys";
import { firstSpan } from "@/lib/spantree";
import { Detail } from "./Detail";
import { SpanTree } from "./SpanTree";
import type { Shown, Tab } from "./search";
import { TraceHeader } from "./TraceHeader";
import styles from "./TracePage.module.css";
import { TreeBar } from "./TreeBar";
import { useSiblings } from "./useSiblings";
import { useTree } from "./useTree";

const AgentGraph = lazy(() =>
  import("./AgentGraph").then((module) => ({ default: module.AgentGraph })),
);

const route = getRouteApi("/traces/$traceId");

export function TracePage() {
  const { traceId } = route.useParams();
  const trace = useTrace(traceId);
  if (trace.isPending) return <Loading />;
  if (trace.error instanceof ApiError && trace.error.status === 404 && !trace.data) {
    return (
      <Empty icon="search" title="There is no such trace">
        <p>It may have been deleted by retention, or its call has not ended yet.</p>
      </Empty>
    );
  }
  if (!trace.data) {
    return (
      <ErrorState title="The trace cannot be loaded" error={trace.error} onRetry={trace.refetch} />
    );
  }
  return <TraceView key={traceId} trace={trace.data} />;
}

function Loading() {
  return (
    <div className={styles.loading} aria-busy="true">
      <Skeleton width="40%" height={24} />
      <Skeleton width="70%" />
      <Skeleton height={120} />
      <Skeleton height={220} />
    </div>
  );
}

function TraceView({ trace }: { trace: TraceDetail }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tree = useTree(trace);
  const selected =
    trace.spans.find((span) => span.span_id === search.span) ?? firstSpan(trace.spans);
  const span = useSpan(trace.trace_id, selected?.span_id);
  const siblings = useSiblings(trace.trace_id);
  const select = (spanId: string) => {
    tree.reveal(spanId);
    navigate({ search: (before) => ({ ...before, span: spanId }), replace: true });
  };
  const stepIn = (ids: readonly string[], by: number) => {
    const at = ids.indexOf(selected?.span_id ?? "");
    const next = ids[(at + by + ids.length) % ids.length];
    if (next) select(next);
  };
  const step = (by: number) => {
    const at = tree.rows.findIndex((row) => row.span.span_id === selected?.span_id);
    const next = tree.rows[Math.max(0, Math.min(tree.rows.length - 1, at + by))];
    if (next) select(next.span.span_id);
  };
  const goTo = (traceId: string | undefined) =>
    traceId &&
    navigate({
      to: "/traces/$traceId",
      params: { traceId },
      search: search.tab ? { tab: search.tab } : {},
    });
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    J: () => goTo(siblings.older),
    K: () => goTo(siblings.newer),
    e: () => stepIn(tree.errors, 1),
    n: () => stepIn(tree.foundIds, 1),
    N: () => stepIn(tree.foundIds, -1),
    x: tree.toggleCritical,
    g: () => show(search.show === "graph" ? "tree" : "graph"),
    "/": () => tree.input.current?.focus(),
    Escape: (event) => {
      if (event.target instanceof HTMLInputElement) event.target.blur();
      else navigate({ to: "/traces", search: siblings.filters });
    },
  });
  const show = (view: Shown) =>
    navigate({
      search: ({ show: _show, ...rest }) => (view === "graph" ? { ...rest, show: view } : rest),
      replace: true,
    });
  const isSplit = trace.spans.length > 1;
  const detail = selected && (
    <Detail
      span={selected}
      payload={span.data}
      error={span.error}
      tab={search.tab ?? "conversation"}
      onTab={(tab: Tab) => navigate({ search: (before) => ({ ...before, tab }), replace: true })}
      onRetry={span.refetch}
    />
  );
  return (
    <div className={styles.page} data-split={isSplit}>
      <TraceHeader trace={trace} span={selected} siblings={siblings} onGo={goTo} />
      {isSplit ? (
        <div className={styles.split} data-view={search.show ?? "tree"}>
          <div className={styles.left}>
            <TreeBar
              view={search.show ?? "tree"}
              text={tree.text}
              found={tree.foundIds.length}
              errors={tree.errors.length}
              hasCritical={tree.hasCritical}
              criticalError={tree.criticalError}
              inputRef={tree.input}
              onView={show}
              onText={tree.setText}
              onNext={(by) => stepIn(tree.foundIds, by)}
              onError={() => stepIn(tree.errors, 1)}
              onCritical={tree.toggleCritical}
            />
            {search.show === "graph" ? (
              <Suspense fallback={<LoadingGraph height={240} />}>
                <AgentGraph
                  traceId={trace.trace_id}
                  selected={selected?.span_id}
                  onSelect={select}
                />
              </Suspense>
            ) : (
              <SpanTree
                rows={tree.rows}
                selected={selected?.span_id}
                collapsed={tree.collapsed}
                isTruncated={trace.spans_truncated}
                found={tree.found}
                critical={tree.critical}
                onSelect={select}
                onToggle={tree.toggle}
              />
            )}
          </div>
          <div className={styles.detail}>{detail}</div>
        </div>
      ) : (
        <div className={styles.detail}>{detail}</div>
      )}
    </div>
  );
}
