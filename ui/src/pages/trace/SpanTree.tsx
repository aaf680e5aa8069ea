import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import type { Span } from "@/api/model";
import { Icon } from "@/components/Icon";
import { cx } from "@/lib/cx";
import { counted, duration, money } from "@/lib/format";
import { kindToken } from "@/lib/kinds";
import type { SpanRow } from "@/lib/spantree";
import styles from "./SpanTree.module.css";

interface SpanTreeProps {
  rows: SpanRow<Span>[];
  selected: string | undefined;
  collapsed: ReadonlySet<string>;
  isTruncated: boolean;
  /** Spans that are found, or undefined where nothing is looked for. */
  found: ReadonlySet<string> | undefined;
  critical: ReadonlySet<string> | undefined;
  onSelect: (spanId: string) => void;
  onToggle: (spanId: string) => void;
}

const ROW_PX = 32;
const STEP_PX = 14;
/** From this depth on a figure says how deep a span is: a narrow tree moves it no further. */
const DEEP = 7;

/** The tree and the waterfall in one; only the rows in view are drawn. */
export function SpanTree(props: SpanTreeProps) {
  const { rows, selected, collapsed } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
  });
  const costs = useMemo(() => costsOf(rows), [rows]);
  const at = rows.findIndex((row) => row.span.span_id === selected);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const to = targetOf(event.key, rows, at);
    if (!to) return;
    event.preventDefault();
    props.onSelect(to.span.span_id);
  };
  // The focus follows to a row that was not drawn before.
  useEffect(() => {
    if (!scroll.current?.contains(document.activeElement) || selected === undefined) return;
    const frame = requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [selected]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);
  return (
    <div ref={scroll} className={styles.tree}>
      {props.isTruncated && (
        <div className={styles.note}>This trace has more spans than are shown here.</div>
      )}
      <div
        className={styles.rows}
        role="tree"
        aria-label="Spans"
        onKeyDown={onKeyDown}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <TreeRow
              key={row.span.span_id}
              row={row}
              top={item.start}
              isSelected={row.span.span_id === selected}
              isOpen={!collapsed.has(row.span.span_id)}
              mark={markOf(row.span.span_id, props)}
              costShare={costs.share(row.span)}
              onSelect={props.onSelect}
              onToggle={props.onToggle}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Where a key leads in a tree: the row beside, or one of the ends. */
function targetOf(key: string, rows: readonly SpanRow<Span>[], at: number) {
  if (key === "ArrowDown") return rows[at + 1];
  if (key === "ArrowUp") return rows[at - 1];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  return undefined;
}

type Mark = "found" | "beside" | "critical" | undefined;

function markOf(spanId: string, { found, critical }: SpanTreeProps): Mark {
  if (found) return found.has(spanId) ? "found" : "beside";
  if (critical) return critical.has(spanId) ? "critical" : "beside";
  return undefined;
}

/** What share of the dearest span each costs; sums of agents and chains do not count. */
function costsOf(rows: readonly SpanRow<Span>[]) {
  const cost = (span: Span) =>
    span.kind === "agent" || span.kind === "chain" ? 0 : Number(span.cost_usd ?? 0);
  const most = rows.reduce((max, row) => Math.max(max, cost(row.span)), 0);
  return { share: (span: Span) => (most > 0 ? cost(span) / most : 0) };
}

interface TreeRowProps {
  mark: Mark;
  costShare: number;
  row: SpanRow<Span>;
  top: number;
  isSelected: boolean;
  isOpen: boolean;
  onSelect: (spanId: string) => void;
  onToggle: (spanId: string) => void;
}

function TreeRow({ row, top, isSelected, isOpen, mark, ...rest }: TreeRowProps) {
  const { onSelect, onToggle, costShare } = rest;
  const { span } = row;
  const isError = span.status.code === "error";
  const color = `var(${isError ? "--bad" : kindToken(span.kind)})`;
  return (
    <div
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      role="treeitem"
      tabIndex={isSelected ? 0 : -1}
      data-mark={mark}
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      aria-expanded={row.hasChildren ? isOpen : undefined}
      onClick={() => onSelect(span.span_id)}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft" && row.hasChildren && isOpen) onToggle(span.span_id);
        if (event.key === "ArrowRight" && row.hasChildren && !isOpen) onToggle(span.span_id);
      }}
    >
      <div
        className={cx(styles.name, isError && styles.error)}
        style={{ paddingLeft: `min(${row.depth * STEP_PX}px, 35%)` }}
      >
        {row.hasChildren ? (
          <button
            type="button"
            className={styles.caret}
            tabIndex={-1}
            aria-expanded={isOpen}
            aria-label={`${isOpen ? "Close" : "Open"} the ${counted(row.descendants, "span")} below`}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(span.span_id);
            }}
          >
            <Icon name="right" width={12} height={12} />
          </button>
        ) : (
          <i className={styles.caret} />
        )}
        <i className={styles.kind} style={{ background: color }} title={span.kind} />
        {row.depth >= DEEP && <small title={`Level ${row.depth + 1}`}>{row.depth + 1}</small>}
        <span title={`${span.kind}: ${span.name}`}>{span.name || "unnamed"}</span>
      </div>
      <div className={styles.track}>
        <div
          className={styles.bar}
          style={{ left: `${row.offset * 100}%`, width: `${row.width * 100}%`, background: color }}
        />
      </div>
      <span className={styles.time}>
        {duration(span.duration_ms)}
        {costShare > 0 && (
          <i
            className={styles.cost}
            style={{ width: `${costShare * 100}%` }}
            title={`Cost ${money(span.cost_usd)}`}
          />
        )}
      </span>
    </div>
  );
}
