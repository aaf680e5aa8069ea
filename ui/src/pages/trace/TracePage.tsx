import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ApiError } from "@/api/http";
import type { TraceDetail } from "@/api/model";
import { useSpan, useTrace } from "@/api/traces";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useKeys } from "@/lib/keys";
import { buildTree, firstSpan, flatten } from "@/lib/spantree";
import { Detail } from "./Detail";
import { SpanTree } from "./SpanTree";
import type { Tab } from "./search";
import { TraceHeader } from "./TraceHeader";
import styles from "./TracePage.module.css";
import { useSiblings } from "./useSiblings";

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
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const tree = useMemo(() => buildTree(trace.spans), [trace.spans]);
  const rows = useMemo(() => flatten(tree, collapsed), [tree, collapsed]);
  const selected =
    trace.spans.find((span) => span.span_id === search.span) ?? firstSpan(trace.spans);
  const span = useSpan(trace.trace_id, selected?.span_id);
  const siblings = useSiblings(trace.trace_id);
  const select = (spanId: string) =>
    navigate({ search: (before) => ({ ...before, span: spanId }), replace: true });
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.span.span_id === selected?.span_id);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
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
    Escape: () => navigate({ to: "/traces", search: siblings.filters }),
  });
  const isSplit = trace.spans.length > 1;
  const toggle = (spanId: string) => {
    const next = new Set(collapsed);
    if (!next.delete(spanId)) next.add(spanId);
    setCollapsed(next);
  };
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
        <div className={styles.split}>
          <SpanTree
            rows={rows}
            selected={selected?.span_id}
            collapsed={collapsed}
            isTruncated={trace.spans_truncated}
            onSelect={select}
            onToggle={toggle}
          />
          <div className={styles.detail}>{detail}</div>
        </div>
      ) : (
        <div className={styles.detail}>{detail}</div>
      )}
    </div>
  );
}
