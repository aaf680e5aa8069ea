import { useSeries, useSummary } from "@/api/metrics";
import type { Metric, Totals } from "@/api/model";
import { Sparkline } from "@/charts/Sparkline";
import { timelineOf, valuesOf } from "@/charts/timeline";
import { ErrorState, Skeleton } from "@/components/States";
import { cx } from "@/lib/cx";
import { change, compactCount, duration, money, percent } from "@/lib/format";
import type { RangeSearch } from "@/lib/timerange";
import styles from "./OverviewPage.module.css";
import tile from "./Tiles.module.css";

interface TileSpec {
  label: string;
  read: (totals: Totals) => number | null;
  show: (value: number | null) => string;
  spark: Metric;
  token: string;
  /** Whether more is worse; null where neither is. */
  isMoreWorse: boolean | null;
}

const TILES: readonly TileSpec[] = [
  {
    label: "Requests",
    read: (t) => t.requests,
    show: compactCount,
    spark: "requests",
    token: "--series-1",
    isMoreWorse: null,
  },
  {
    label: "Error rate",
    read: (t) => t.error_rate,
    show: (v) => percent(v, 2),
    spark: "errors",
    token: "--bad",
    isMoreWorse: true,
  },
  {
    label: "Latency p50",
    read: (t) => t.latency_p50_ms,
    show: duration,
    spark: "latency_p50_ms",
    token: "--series-5",
    isMoreWorse: true,
  },
  {
    label: "Latency p95",
    read: (t) => t.latency_p95_ms,
    show: duration,
    spark: "latency_p95_ms",
    token: "--series-3",
    isMoreWorse: true,
  },
  {
    label: "First token p50",
    read: (t) => t.ttft_p50_ms,
    show: duration,
    spark: "ttft_p50_ms",
    token: "--series-2",
    isMoreWorse: true,
  },
  {
    label: "Tokens in",
    read: (t) => t.input_tokens,
    show: compactCount,
    spark: "input_tokens",
    token: "--series-8",
    isMoreWorse: null,
  },
  {
    label: "Tokens out",
    read: (t) => t.output_tokens,
    show: compactCount,
    spark: "output_tokens",
    token: "--series-8",
    isMoreWorse: null,
  },
  {
    label: "Cost",
    read: (t) => Number(t.cost_usd),
    show: money,
    spark: "cost_usd",
    token: "--series-6",
    isMoreWorse: null,
  },
];

export function Tiles({ range }: { range: RangeSearch }) {
  const summary = useSummary(range);
  const series = useSeries(range);
  if (summary.isError && !summary.data) {
    return (
      <ErrorState
        title="The totals cannot be shown"
        error={summary.error}
        onRetry={summary.refetch}
      />
    );
  }
  const timeline = series.data ? timelineOf(series.data) : null;
  return (
    <section
      className={cx(styles.tiles, summary.isPlaceholderData && styles.stale)}
      aria-label="Totals"
      aria-busy={summary.isPending}
    >
      {TILES.map((spec) => (
        <div key={spec.label} className={tile.tile}>
          <span className={tile.label}>{spec.label}</span>
          <span className={tile.value}>
            {summary.data ? (
              spec.show(spec.read(summary.data.current))
            ) : (
              <Skeleton width={72} height={26} />
            )}
          </span>
          <Change spec={spec} now={summary.data?.current} before={summary.data?.previous} />
          <span className={tile.spark}>
            <Sparkline
              values={series.data && timeline ? valuesOf(series.data, timeline, spec.spark) : []}
              token={spec.token}
            />
          </span>
        </div>
      ))}
    </section>
  );
}

/** Smaller changes are not coloured as better or worse. */
const NEWS = 0.05;

interface ChangeProps {
  spec: TileSpec;
  now: Totals | undefined;
  before: Totals | undefined;
}

function Change({ spec, now, before }: ChangeProps) {
  const ratio = now && before ? change(spec.read(now), spec.read(before)) : null;
  const title = before ? `Before: ${spec.show(spec.read(before))}` : undefined;
  if (ratio === null) {
    return <span className={tile.change} title={title} />;
  }
  const isFlat = Math.abs(ratio) < 0.005;
  const isNews = spec.isMoreWorse !== null && Math.abs(ratio) >= NEWS;
  const isWorse = isNews && ratio > 0 === spec.isMoreWorse;
  const isBetter = isNews && !isWorse;
  const size = Math.abs(ratio) >= 10 ? `×${(ratio + 1).toFixed(0)}` : percent(Math.abs(ratio), 0);
  return (
    <span className={cx(tile.change, isWorse && tile.worse, isBetter && tile.better)} title={title}>
      {isFlat ? "no change" : `${ratio > 0 ? "▲" : "▼"} ${size}`}
      <span className="visually-hidden"> compared with the range before</span>
    </span>
  );
}
