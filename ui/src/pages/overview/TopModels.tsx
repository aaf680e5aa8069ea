import { Link } from "@tanstack/react-router";
import { useSeries } from "@/api/metrics";
import type { Metric, SeriesAnswer } from "@/api/model";
import { compactCount, count, duration, money, percent } from "@/lib/format";
import type { RangeSearch } from "@/lib/timerange";
import styles from "./TopModels.module.css";

type ModelTotals = { model: string } & Partial<Record<Metric, number>>;

const MOST = 12;

/** A series with a single bucket per model, as rows, the busiest first. */
function rowsOf(answer: SeriesAnswer): ModelTotals[] {
  const rows = new Map<string, ModelTotals>();
  for (const line of answer.series) {
    const model = line.group ?? "";
    const row = rows.get(model) ?? { model };
    row[line.metric] = line.points[0]?.[1];
    rows.set(model, row);
  }
  return [...rows.values()].sort((a, b) => (b.requests ?? 0) - (a.requests ?? 0)).slice(0, MOST);
}

export function TopModels({ range }: { range: RangeSearch }) {
  const totals = useSeries(range, { groupBy: "model", asTotals: true });
  const rows = totals.data ? rowsOf(totals.data) : [];
  const all = rows.reduce((sum, row) => sum + (row.requests ?? 0), 0);
  return (
    <section className={styles.card} aria-label="Top models">
      <h2>Top models</h2>
      {rows.length === 0 ? (
        <p className={styles.none}>
          {totals.isError
            ? totals.error.message
            : totals.isPending
              ? "Loading…"
              : "No calls in this range."}
        </p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">Requests</th>
                <th scope="col">Errors</th>
                <th scope="col">p50</th>
                <th scope="col">p95</th>
                <th scope="col">First token</th>
                <th scope="col">Tokens in</th>
                <th scope="col">Tokens out</th>
                <th scope="col">Cost</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <ModelRow key={row.model} row={row} all={all} range={range} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function ModelRow({ row, all, range }: { row: ModelTotals; all: number; range: RangeSearch }) {
  const requests = row.requests ?? 0;
  const errorRate = requests ? (row.errors ?? 0) / requests : null;
  return (
    <tr>
      <td>
        {row.model ? (
          <Link className={styles.model} to="/traces" search={{ ...range, model: row.model }}>
            {row.model}
          </Link>
        ) : (
          "unknown"
        )}
      </td>
      <td>
        <span className={styles.share} aria-hidden="true">
          <i style={{ width: `${(100 * requests) / (all || 1)}%` }} />
        </span>
        {count(requests)}
      </td>
      <td className={errorRate ? styles.bad : undefined}>{percent(errorRate)}</td>
      <td>{duration(row.latency_p50_ms)}</td>
      <td>{duration(row.latency_p95_ms)}</td>
      <td>{duration(row.ttft_p50_ms)}</td>
      <td>{compactCount(row.input_tokens)}</td>
      <td>{compactCount(row.output_tokens)}</td>
      <td>{money(row.cost_usd)}</td>
    </tr>
  );
}
