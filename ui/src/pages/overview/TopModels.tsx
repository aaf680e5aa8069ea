import { Link } from "@tanstack/react-router";
import { useSeries, useSummaries } from "@/api/metrics";
import type { Series, SeriesAnswer, Totals } from "@/api/model";
import { compactCount, count, duration, money, percent } from "@/lib/format";
import type { RangeSearch } from "@/lib/timerange";
import styles from "./TopModels.module.css";

const MOST = 8;

/** The busiest models of a grouped series. */
function busiest(answer: SeriesAnswer): string[] {
  const requests = answer.series.filter((line) => line.metric === "requests" && line.group);
  const sum = (line: Series) => line.points.reduce((total, [, value]) => total + value, 0);
  const sorted = requests.map((line) => [line.group ?? "", sum(line)] as const);
  return sorted
    .sort((a, b) => b[1] - a[1])
    .flatMap(([model]) => model)
    .slice(0, MOST);
}

export function TopModels({ range }: { range: RangeSearch }) {
  const series = useSeries(range, "model");
  const models = series.data ? busiest(series.data) : [];
  const summaries = useSummaries(models.map((model) => ({ ...range, model })));
  const rows = models.map((model, index) => ({ model, totals: summaries[index]?.data?.current }));
  const all = rows.reduce((sum, row) => sum + (row.totals?.requests ?? 0), 0);
  return (
    <section className={styles.card} aria-label="Top models">
      <h2>Top models</h2>
      {rows.length === 0 ? (
        <p className={styles.none}>
          {series.isError
            ? series.error.message
            : series.isPending
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
                <ModelRow key={row.model} {...row} all={all} range={range} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface ModelRowProps {
  model: string;
  /** Missing while they load. */
  totals: Totals | undefined;
  all: number;
  range: RangeSearch;
}

function ModelRow({ model, totals, all, range }: ModelRowProps) {
  const share = totals ? (100 * totals.requests) / (all || 1) : 0;
  return (
    <tr>
      <td>
        <Link className={styles.model} to="/traces" search={{ ...range, model }}>
          {model}
        </Link>
      </td>
      <td>
        <span className={styles.share} aria-hidden="true">
          <i style={{ width: `${share}%` }} />
        </span>
        {count(totals?.requests)}
      </td>
      <td className={totals?.error_rate ? styles.bad : undefined}>{percent(totals?.error_rate)}</td>
      <td>{duration(totals?.latency_p50_ms)}</td>
      <td>{duration(totals?.latency_p95_ms)}</td>
      <td>{duration(totals?.ttft_p50_ms)}</td>
      <td>{compactCount(totals?.input_tokens)}</td>
      <td>{compactCount(totals?.output_tokens)}</td>
      <td>{money(totals?.cost_usd)}</td>
    </tr>
  );
}
