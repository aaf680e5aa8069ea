import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { type GuardOverview, type GuardTotals, useGuardOverview } from "@/api/guard";
import { TimeChart } from "@/charts/TimeChart";
import type { Timeline } from "@/charts/timeline";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Loading } from "@/components/States";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { cx } from "@/lib/cx";
import { compactCount, count, duration, money } from "@/lib/format";
import type { RangeSearch } from "@/lib/timerange";
import { GuardTabs } from "./GuardTabs";
import styles from "./guard.module.css";
import { Triggers } from "./Triggers";
import { precisionText } from "./words";

const route = getRouteApi("/guard");

export function GuardPage() {
  const range = route.useSearch();
  const navigate = route.useNavigate();
  const found = useGuardOverview(range);
  return (
    <>
      <PageHeader title="Guard">
        <TimeRangePicker
          value={range}
          fallback="7d"
          onChange={(next) => navigate({ search: next })}
        />
      </PageHeader>
      <GuardTabs />
      <div className={cx(styles.body, found.isPlaceholderData && styles.stale)}>
        <Content found={found} onZoom={(search) => navigate({ search })} />
      </div>
    </>
  );
}

interface ContentProps {
  found: ReturnType<typeof useGuardOverview>;
  onZoom: (range: RangeSearch) => void;
}

function Content({ found, onZoom }: ContentProps) {
  if (!found.data) {
    return found.isError ? (
      <ErrorState title="The guard cannot be shown" error={found.error} onRetry={found.refetch} />
    ) : (
      <>
        <Loading height={80} />
        <Loading height={240} />
      </>
    );
  }
  const data = found.data;
  if (data.totals.calls === 0 && data.triggers.length === 0) {
    return (
      <Empty icon="audit" title="No guarded calls in this range">
        <p>
          Publish a <Link to="/guard/policies">policy</Link>, or name one as{" "}
          <code>guard.policy</code> in the configuration. What it sees of calls is shown here.
        </p>
      </Empty>
    );
  }
  return (
    <>
      <Tiles totals={data.totals} shadow={data.shadow_findings} />
      <Trend data={data} onZoom={onZoom} />
      <Triggers triggers={data.triggers} />
      <Policies policies={data.policies} />
    </>
  );
}

function Tiles({ totals, shadow }: { totals: GuardTotals; shadow: number }) {
  const p95 = totals.latency_p95_ms;
  const tiles = [
    ["Guarded calls", compactCount(totals.calls)],
    ["Blocked", compactCount(totals.blocked)],
    ["Changed", compactCount(totals.changed + totals.remedied)],
    ["Flagged", compactCount(totals.flagged)],
    ["In shadow", compactCount(shadow)],
    ["Not looked at", compactCount(totals.bypassed)],
    ["Guard time p95", p95 === null ? "> 1 s" : `≤ ${duration(p95)}`],
    ["Paid, then blocked", money(totals.blocked_cost_usd)],
  ];
  return (
    <dl className={styles.tiles}>
      {tiles.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const LINES = [
  { field: "flagged", label: "flagged", token: "--warn" },
  { field: "changed", label: "changed", token: "--series-5" },
  { field: "remedied", label: "asked anew", token: "--series-3" },
  { field: "blocked", label: "blocked", token: "--bad" },
] as const;

function Trend({ data, onZoom }: { data: GuardOverview; onZoom: (range: RangeSearch) => void }) {
  const timeline = useMemo(() => timelineOf(data), [data]);
  const lines = useMemo(() => {
    const steps = new Map(data.steps.map((step) => [Date.parse(step.time) / 1000, step]));
    return LINES.map(({ field, label, token }) => ({
      label,
      token,
      kind: "bars" as const,
      values: timeline.times.map((time) => steps.get(time)?.[field] ?? 0),
    }));
  }, [data, timeline]);
  return (
    <TimeChart
      title="What became of calls"
      note={data.step_s === 3600 ? "per hour, all figures of full hours" : "per day"}
      timeline={timeline}
      lines={lines}
      format={compactCount}
      isStacked
      nothing="Nothing was found in this range"
      onZoom={(from, to) => onZoom({ from: from.toISOString(), to: to.toISOString() })}
    />
  );
}

export function timelineOf(data: GuardOverview): Timeline {
  const from = Date.parse(data.start_time) / 1000;
  const to = Date.parse(data.end_time) / 1000;
  const times = [];
  const first = Math.floor(from / data.step_s) * data.step_s;
  for (let at = first; at < to && times.length < 2_000; at += data.step_s) times.push(at);
  return { times, bucketSeconds: data.step_s, from, to };
}

function Policies({ policies }: { policies: GuardOverview["policies"] }) {
  return (
    <section className={styles.panel} aria-label="By policy">
      <h2>By policy</h2>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Policy</th>
              <th className={styles.number}>Calls</th>
              <th className={styles.number}>Blocked</th>
              <th className={styles.number}>Changed</th>
              <th className={styles.number}>Flagged</th>
              <th className={styles.number}>Time, mean</th>
              <th className={styles.number}>p99</th>
              <th className={styles.number}>Cost of the calls</th>
              <th>Right, of those judged</th>
            </tr>
          </thead>
          <tbody>
            {policies.map(({ policy, totals, precision }) => (
              <tr key={policy}>
                <td>
                  <Link to="/guard/policies/$name" params={{ name: policy }}>
                    {policy}
                  </Link>
                </td>
                <td className={styles.number}>{count(totals.calls)}</td>
                <td className={styles.number}>{count(totals.blocked)}</td>
                <td className={styles.number}>{count(totals.changed + totals.remedied)}</td>
                <td className={styles.number}>{count(totals.flagged)}</td>
                <td className={styles.number}>{duration(totals.latency_mean_ms)}</td>
                <td className={styles.number}>
                  {totals.latency_p99_ms === null
                    ? "> 1 s"
                    : `≤ ${duration(totals.latency_p99_ms)}`}
                </td>
                <td className={styles.number}>{money(totals.cost_usd)}</td>
                <td>{precisionText(precision)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
