import { useMemo } from "react";
import { useUsage } from "@/api/money";
import { TimeChart } from "@/charts/TimeChart";
import { Loaded } from "@/components/Loaded";
import { money } from "@/lib/format";
import type { Naming } from "@/lib/names";
import { MOST_LINES, spendLines, spendTimeline } from "./lines";
import { type Dimension, type SpendSearch, stepOf, usageParams } from "./search";

interface SpendChartProps {
  search: SpendSearch;
  by: Dimension;
  nameOf: Naming;
}

export function SpendChart({ search, by, nameOf }: SpendChartProps) {
  const step = stepOf(search, Date.now());
  const usage = useUsage({ ...usageParams(search), by: `${by},${step}`, top: String(MOST_LINES) });
  const drawn = useMemo(() => {
    // While the next answer is under way the last one stays, which may be by something else.
    const report = usage.data;
    if (!report || (report.items[0] && !(step in report.items[0].by))) return null;
    const timeline = spendTimeline(report, step);
    const lines = spendLines({ report, timeline, by, step, nameOf: (id) => nameOf(by, id) });
    return { timeline, lines };
  }, [usage.data, by, step, nameOf]);
  return (
    <Loaded
      query={{ ...usage, data: drawn ?? undefined }}
      failure="The chart cannot be shown"
      height={260}
    >
      {({ timeline, lines }) => (
        <TimeChart
          title={`Cost by ${by}`}
          note={`USD per ${step}, UTC`}
          timeline={timeline}
          lines={lines}
          format={money}
          nothing="No priced calls in this range"
        />
      )}
    </Loaded>
  );
}
