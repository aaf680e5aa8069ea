import { useMemo, useRef, useState } from "react";
import { useCriticalPath } from "@/api/analysis";
import type { Span, TraceDetail } from "@/api/model";
import { ancestors, buildTree, flatten } from "@/lib/spantree";

/** The tree of a trace: what is folded, found, failed, and on the critical path. */
export function useTree(trace: TraceDetail) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState("");
  const [hasCritical, setCritical] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const roots = useMemo(() => buildTree(trace.spans), [trace.spans]);
  const rows = useMemo(() => flatten(roots, collapsed), [roots, collapsed]);
  const all = useMemo(() => flatten(roots, new Set()).map((row) => row.span), [roots]);
  const found = useMemo(() => search(all, text), [all, text]);
  const errors = useMemo(
    () => all.filter((span) => span.status.code === "error").map((span) => span.span_id),
    [all],
  );
  const critical = useCriticalPath(trace.trace_id, hasCritical);
  const toggle = (spanId: string) => {
    const next = new Set(collapsed);
    if (!next.delete(spanId)) next.add(spanId);
    setCollapsed(next);
  };
  /** Opens what stands above a span. */
  const reveal = (spanId: string) => {
    const above = ancestors(trace.spans, spanId).filter((id) => collapsed.has(id));
    if (above.length > 0) setCollapsed(new Set([...collapsed].filter((id) => !above.includes(id))));
  };
  return {
    rows,
    collapsed,
    toggle,
    reveal,
    text,
    setText,
    input,
    found: text.trim() ? new Set(found) : undefined,
    foundIds: found,
    errors,
    critical: hasCritical ? critical.data : undefined,
    hasCritical,
    criticalError: hasCritical ? critical.error : null,
    toggleCritical: () => setCritical(!hasCritical),
  };
}

/** Ids of spans whose facts hold all the words. */
function search(spans: readonly Span[], text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return spans
    .filter((span) => {
      const facts = [
        span.name,
        span.kind,
        span.model,
        span.provider,
        span.status.code,
        span.status.message,
        span.span_id,
        ...span.tool_calls.map((call) => call.name),
      ];
      const hay = facts.join(" ").toLowerCase();
      return words.every((word) => hay.includes(word));
    })
    .map((span) => span.span_id);
}
