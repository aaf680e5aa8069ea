import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useComparison } from "@/api/analysis";
import type { Comparison, SpanPair, SpanStep, TraceDetail } from "@/api/model";
import { useSpan, useTrace } from "@/api/traces";
import { StatusDot } from "@/components/Badge";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Loading } from "@/components/States";
import { count, duration, money } from "@/lib/format";
import { plainSide } from "@/lib/text";
import { diffWords } from "@/lib/worddiff";
import styles from "./ComparePage.module.css";
import { PickTrace } from "./PickTrace";

const route = getRouteApi("/compare");

/** Two traces side by side: figures, spans, and the words of a pair. */
export function ComparePage() {
  const { a = "", b = "" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title="Compare traces" />
      <div className={styles.body}>
        <PickTrace a={a} b={b} onPick={(search) => navigate({ search })} />
        {a && b ? (
          <Both key={`${a} ${b}`} a={a} b={b} />
        ) : (
          <Empty icon="columns" title="Name two traces">
            <p>Paste their ids, or choose “Compare” on the page of a trace.</p>
          </Empty>
        )}
      </div>
    </>
  );
}

function Both({ a, b }: { a: string; b: string }) {
  const [left, right, pairs] = [useTrace(a), useTrace(b), useComparison(a, b)];
  const error = left.error ?? right.error ?? pairs.error;
  if (error) return <ErrorState title="The traces cannot be compared" error={error} />;
  if (!left.data || !right.data || !pairs.data) return <Loading height={240} />;
  return <Compared left={left.data} right={right.data} comparison={pairs.data} />;
}

interface ComparedProps {
  left: TraceDetail;
  right: TraceDetail;
  comparison: Comparison;
}

function Compared({ left, right, comparison }: ComparedProps) {
  const rows = comparison.items;
  const [at, setAt] = useState(() => Math.max(0, rows.findIndex(isCall)));
  const shown = rows.slice(0, MOST_ROWS);
  const more = rows.length - shown.length + comparison.rows_left;
  return (
    <>
      <Figures left={left} right={right} />
      <section className={styles.wrap} aria-label="Spans">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Span</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <Row
                key={`${row.left?.span_id} ${row.right?.span_id}`}
                row={row}
                traces={[left.trace_id, right.trace_id]}
                isSelected={index === at}
                onSelect={() => setAt(index)}
              />
            ))}
          </tbody>
        </table>
        {more > 0 && <p>{count(more)} more spans.</p>}
      </section>
      {rows[at] && <Words row={rows[at]} left={left.trace_id} right={right.trace_id} />}
    </>
  );
}

const MOST_ROWS = 500;

const isCall = (row: SpanPair) => row.left?.kind === "llm" && row.right?.kind === "llm";

function Figures({ left, right }: { left: TraceDetail; right: TraceDetail }) {
  const rows: [string, (trace: TraceDetail) => number, (value: number) => string][] = [
    ["Duration", (trace) => trace.duration_ms, duration],
    ["Cost", (trace) => Number(trace.cost_usd ?? 0), money],
    ["Input tokens", (trace) => trace.usage.input_total, count],
    ["Output tokens", (trace) => trace.usage.output_total, count],
    ["Spans", (trace) => trace.span_count, count],
  ];
  return (
    <dl className={styles.figures}>
      {rows.map(([label, pick, format]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {format(pick(left))} → {format(pick(right))}
            <Delta before={pick(left)} after={pick(right)} />
          </dd>
        </div>
      ))}
      <div>
        <dt>Status</dt>
        <dd>
          <StatusDot status={left.status} /> → <StatusDot status={right.status} />
        </dd>
      </div>
    </dl>
  );
}

/** How much more or less, where there is something to compare with. */
function Delta({ before, after }: { before: number; after: number }) {
  if (before === after || before === 0) return null;
  const change = (after - before) / before;
  return (
    <small data-up={change > 0}>
      {change > 0 ? "+" : "−"}
      {Math.abs(change * 100).toFixed(Math.abs(change) < 0.1 ? 1 : 0)} %
    </small>
  );
}

interface RowProps {
  row: SpanPair;
  traces: readonly [string, string];
  isSelected: boolean;
  onSelect: () => void;
}

function Row({ row, traces, isSelected, onSelect }: RowProps) {
  const { left, right } = row;
  const span = left ?? right;
  const side = left && right ? "both" : left ? "gone" : "new";
  return (
    <tr aria-selected={isSelected} data-side={side}>
      <td style={{ paddingLeft: 12 + Math.min(row.depth, 12) * 14 }}>
        <button type="button" onClick={onSelect}>
          {side === "gone" ? "− " : side === "new" ? "+ " : ""}
          {span?.name || "unnamed"}
        </button>{" "}
        <small>{span?.kind}</small>
      </td>
      <td>{left && <Facts traceId={traces[0]} span={left} />}</td>
      <td>{right && <Facts traceId={traces[1]} span={right} />}</td>
      <td>
        {left && right && <Delta before={left.duration_ms} after={right.duration_ms} />}
        {left && right && left.model !== right.model && <small>model</small>}
        {left && right && left.status !== right.status && <small>status</small>}
      </td>
    </tr>
  );
}

function Facts({ traceId, span }: { traceId: string; span: SpanStep }) {
  return (
    <Link to="/traces/$traceId" params={{ traceId }} search={{ span: span.span_id }}>
      {duration(span.duration_ms)}
      {span.model && `, ${span.model}`}
      {span.cost_usd && `, ${money(span.cost_usd)}`}
      {span.status === "error" && <em> failed</em>}
    </Link>
  );
}

function Words({ row, left, right }: { row: SpanPair; left: string; right: string }) {
  const before = useSpan(left, row.left?.span_id);
  const after = useSpan(right, row.right?.span_id);
  const isLoading = (row.left && !before.data) || (row.right && !after.data);
  if (isLoading) return <Loading height={120} />;
  return (
    <div className={styles.words}>
      {(["input", "output"] as const).map((side) => (
        <section key={side} aria-label={`Changes of the ${side}`}>
          <h2>{side === "input" ? "Input" : "Output"}</h2>
          <p>
            {diffWords(
              plainSide(before.data?.[side]).slice(0, 20_000),
              plainSide(after.data?.[side]).slice(0, 20_000),
            ).map((piece, index) =>
              piece.type === "gone" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no id and never move
                <del key={index}>{piece.text}</del>
              ) : piece.type === "new" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no id and never move
                <ins key={index}>{piece.text}</ins>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no id and never move
                <span key={index}>{piece.text}</span>
              ),
            )}
          </p>
        </section>
      ))}
    </div>
  );
}
