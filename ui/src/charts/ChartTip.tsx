import type { ChartLine } from "@/charts/options";
import type { Timeline } from "@/charts/timeline";
import { dateTime } from "@/lib/format";
import styles from "./TimeChart.module.css";

interface ChartTipProps {
  timeline: Timeline;
  lines: ChartLine[];
  format: (value: number) => string;
  index: number;
  /** Of the cursor, pixels in the plot area. */
  left: number;
  width: number;
}

/** The axis and the gap to the cursor. */
const OFFSET_PX = 68;

export function ChartTip({ timeline, lines, format, index, left, width }: ChartTipProps) {
  const time = timeline.times[index];
  if (time === undefined) return null;
  const isRight = left + OFFSET_PX > width * 0.6;
  const side = isRight ? { right: width - left - OFFSET_PX + 24 } : { left: left + OFFSET_PX };
  return (
    <div className={styles.tip} style={side}>
      <time>{dateTime(new Date(time * 1000)).slice(5, 16)}</time>
      {lines.map((line) => {
        const value = line.values[index];
        return (
          <div key={line.label}>
            <span className={styles.swatch} style={{ background: `var(${line.token})` }} />
            <span className={styles.label}>{line.label}</span>
            <b>{value == null ? "–" : format(value)}</b>
          </div>
        );
      })}
    </div>
  );
}
