import { useMemo } from "react";
import { useSeries } from "@/api/metrics";
import type { SeriesAnswer } from "@/api/model";
import { TimeChart } from "@/charts/TimeChart";
import { type Timeline, timelineOf } from "@/charts/timeline";
import { ErrorState, Skeleton } from "@/components/States";
import { cx } from "@/lib/cx";
import type { RangeSearch } from "@/lib/timerange";
import { CHARTS, type ChartSpec, chartLines } from "./chartSpecs";
import styles from "./OverviewPage.module.css";
import type { GroupBy } from "./search";

type Zoom = (from: Date, to: Date) => void;

interface ChartsProps {
  range: RangeSearch;
  groupBy: GroupBy | undefined;
  onZoom: Zoom;
}

export function Charts({ range, groupBy, onZoom }: ChartsProps) {
  const series = useSeries(range, groupBy);
  const timeline = useMemo(() => (series.data ? timelineOf(series.data) : null), [series.data]);
  if (series.isError && !series.data) {
    return (
      <ErrorState
        title="The charts cannot be shown"
        error={series.error}
        onRetry={series.refetch}
      />
    );
  }
  if (!series.data || !timeline) {
    return (
      <div className={styles.charts} aria-busy="true">
        {CHARTS.map((spec) => (
          <Skeleton key={spec.title} height={260} />
        ))}
      </div>
    );
  }
  return (
    <div className={cx(styles.charts, series.isPlaceholderData && styles.stale)}>
      {CHARTS.map((spec) => (
        <Chart
          key={spec.title}
          spec={spec}
          answer={series.data}
          timeline={timeline}
          isGrouped={groupBy !== undefined}
          onZoom={onZoom}
        />
      ))}
    </div>
  );
}

interface ChartProps {
  spec: ChartSpec;
  answer: SeriesAnswer;
  timeline: Timeline;
  isGrouped: boolean;
  onZoom: Zoom;
}

function Chart({ spec, answer, timeline, isGrouped, onZoom }: ChartProps) {
  const lines = useMemo(
    () => chartLines(spec, answer, timeline, isGrouped),
    [spec, answer, timeline, isGrouped],
  );
  return (
    <TimeChart
      title={spec.title}
      note={isGrouped ? spec.grouped.note : bucketNote(timeline)}
      timeline={timeline}
      lines={lines}
      format={spec.format}
      nothing={spec.nothing ?? "No calls in this range"}
      onZoom={onZoom}
    />
  );
}

function bucketNote({ bucketSeconds }: Timeline): string {
  if (bucketSeconds < 3600) return `per ${bucketSeconds / 60} min`;
  return bucketSeconds < 86_400
    ? `per ${bucketSeconds / 3600} h`
    : `per ${bucketSeconds / 86_400} d`;
}
