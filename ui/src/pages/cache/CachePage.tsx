import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useCacheStats } from "@/api/cache";
import type { UsageReport } from "@/api/model";
import { useUsage } from "@/api/money";
import { useAccess } from "@/api/rights";
import { TimeChart } from "@/charts/TimeChart";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Loaded } from "@/components/Loaded";
import { Meter } from "@/components/Meter";
import { PageBody, Tile, Tiles } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { Figure, Table } from "@/components/Table";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { bytes, compactCount, count, money, percent } from "@/lib/format";
import { rangeParams } from "@/lib/timerange";
import styles from "./CachePage.module.css";
import { cacheChart } from "./chart";
import { PurgeDialog } from "./PurgeDialog";

const route = getRouteApi("/cache");

export function CachePage() {
  const range = route.useSearch();
  const navigate = route.useNavigate();
  const params = rangeParams(range, "7d");
  const byModel = useUsage({ ...params, by: "model" });
  const [isPurging, setPurging] = useState(false);
  const { rulesAll, here } = useAccess();
  return (
    <>
      <PageHeader title="Cache">
        <TimeRangePicker
          value={range}
          fallback="7d"
          onChange={(next) => navigate({ search: next })}
        />
        {here("project.manage") && (
          <Button icon="trash" onClick={() => setPurging(true)}>
            Forget answers
          </Button>
        )}
      </PageHeader>
      {isPurging && <PurgeDialog onClose={() => setPurging(false)} />}
      <PageBody>
        {rulesAll && <Kept />}
        <Loaded query={byModel} failure="The cache cannot be shown" height={420}>
          {(report) =>
            report.total.requests === 0 ? (
              <Empty icon="cache" title="No calls in this range">
                <p>
                  With <code>cache.enabled</code> in the configuration, or the header{" "}
                  <code>x-vedette-cache</code>, the same question is paid for once.
                </p>
              </Empty>
            ) : (
              <>
                <Totals report={report} />
                <Over params={params} />
                <Models report={report} />
              </>
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** What is in the memory of the workers now. */
function Kept() {
  const stats = useCacheStats();
  if (!stats.data) return null;
  const { data } = stats;
  const shared =
    data.shared_answers !== null &&
    ` · ${count(data.shared_answers)} shared by machines (${bytes(data.shared_bytes)})`;
  return (
    <p className={styles.kept}>
      <Badge tone={data.enabled ? "good" : "neutral"} hasDot>
        {data.enabled ? "on for all calls" : "on where a call asks for it"}
      </Badge>
      {count(data.answers)} answers kept ({bytes(data.bytes)}){shared}
    </p>
  );
}

function Totals({ report }: { report: UsageReport }) {
  const { total } = report;
  const paid = Number(total.cost_usd);
  const saved = Number(total.saved_usd);
  return (
    <Tiles label="Totals">
      <Tile
        label="Hit rate"
        value={percent(total.cached_requests / total.requests)}
        note="of all calls answered from the cache"
      />
      <Tile label="Hits" value={compactCount(total.cached_requests)} />
      <Tile label="Calls" value={compactCount(total.requests)} />
      <Tile
        label="Saved"
        value={money(total.saved_usd)}
        note={`${percent(paid + saved > 0 ? saved / (paid + saved) : 0)} of what all would have cost`}
      />
      <Tile label="Paid" value={money(total.cost_usd)} />
    </Tiles>
  );
}

function Over({ params }: { params: Record<string, string> }) {
  const usage = useUsage({ ...params, by: "hour" });
  const chart = useMemo(() => (usage.data ? cacheChart(usage.data) : undefined), [usage.data]);
  return (
    <Loaded query={{ ...usage, data: chart }} failure="The chart cannot be shown" height={260}>
      {({ timeline, lines }) => (
        <TimeChart
          title="Calls and hits"
          note={`per ${timeline.bucketSeconds === 3_600 ? "hour" : "day"}, UTC`}
          timeline={timeline}
          lines={lines}
          format={compactCount}
          nothing="No calls in this range"
        />
      )}
    </Loaded>
  );
}

function Models({ report }: { report: UsageReport }) {
  return (
    <Table
      label="By model"
      columns={[
        { label: "Model" },
        { label: "Hit rate" },
        { label: "Hits", isFigure: true },
        { label: "Calls", isFigure: true },
        { label: "Saved", isFigure: true },
        { label: "Paid", isFigure: true },
      ]}
    >
      {report.items.map((row) => {
        const rate = row.requests ? row.cached_requests / row.requests : 0;
        return (
          <tr key={row.by.model ?? ""}>
            <td>{row.by.model || <span className={styles.none}>no model</span>}</td>
            <td className={styles.rate}>
              <span>
                <Meter label="Hit rate" share={rate} tone="good" />
                {percent(rate)}
              </span>
            </td>
            <Figure>{count(row.cached_requests)}</Figure>
            <Figure>{count(row.requests)}</Figure>
            <Figure>{money(row.saved_usd)}</Figure>
            <Figure>{money(row.cost_usd)}</Figure>
          </tr>
        );
      })}
    </Table>
  );
}
