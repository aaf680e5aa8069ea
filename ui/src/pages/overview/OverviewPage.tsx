import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useLiveTraces } from "@/api/live";
import { useAnyTrace } from "@/api/traces";
import { PageHeader } from "@/components/PageHeader";
import { Segmented } from "@/components/Segmented";
import { ErrorState } from "@/components/States";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { DEFAULT_RANGE, type RangeSearch } from "@/lib/timerange";
import { Charts } from "./Charts";
import { FirstRun } from "./FirstRun";
import styles from "./OverviewPage.module.css";
import type { GroupBy } from "./search";
import { Tiles } from "./Tiles";
import { TopModels } from "./TopModels";

const route = getRouteApi("/");

const GROUPS = [
  { value: "", label: "All" },
  { value: "model", label: "Model" },
  { value: "provider", label: "Provider" },
] as const;

export function OverviewPage() {
  const { group, ...range } = route.useSearch();
  const navigate = route.useNavigate();
  const anyTrace = useAnyTrace();
  useLiveMetrics(range);
  const setRange = (next: RangeSearch) =>
    navigate({ search: { ...next, ...(group ? { group } : {}) } });
  const setGroup = (next: GroupBy | "") =>
    navigate({ search: { ...range, ...(next ? { group: next } : {}) }, replace: true });
  if (anyTrace.data === null) {
    return (
      <>
        <PageHeader title="Overview" />
        <FirstRun />
      </>
    );
  }
  if (anyTrace.isError) {
    return (
      <>
        <PageHeader title="Overview" />
        <ErrorState
          title="The overview cannot be shown"
          error={anyTrace.error}
          onRetry={anyTrace.refetch}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader title="Overview">
        <Segmented label="Group by" value={group ?? ""} options={GROUPS} onChange={setGroup} />
        <TimeRangePicker value={range} fallback={DEFAULT_RANGE} onChange={setRange} />
      </PageHeader>
      <div className={styles.body}>
        <Tiles range={range} />
        <Charts
          range={range}
          groupBy={group}
          onZoom={(from, to) => setRange({ from: from.toISOString(), to: to.toISOString() })}
        />
        <TopModels range={range} />
      </div>
    </>
  );
}

/** New traces bring new figures, at most every two seconds; a closed range stays as it is. */
function useLiveMetrics(range: RangeSearch): void {
  const client = useQueryClient();
  useLiveTraces(() => {
    void client.invalidateQueries({ queryKey: ["any-trace"] });
    if (!range.to) void client.invalidateQueries({ queryKey: ["metrics"] });
  }, 2_000);
}
