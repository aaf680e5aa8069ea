import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useIsDark } from "@/app/theme";
import { type ChartLine, plotOptions } from "@/charts/options";
import { stacked } from "@/charts/stacking";
import type { Timeline } from "@/charts/timeline";
import { ChartTip } from "./ChartTip";
import styles from "./TimeChart.module.css";

export interface TimeChartProps {
  title: string;
  note?: string;
  timeline: Timeline;
  lines: ChartLine[];
  format: (value: number) => string;
  /** What stands there when all is zero. */
  nothing: string;
  /** Whether the lines stand on each other, the last at the bottom. */
  isStacked?: boolean;
  /** Without it the chart cannot be zoomed. */
  onZoom?: ((from: Date, to: Date) => void) | undefined;
}

interface Cursor {
  index: number;
  left: number;
}

const HEIGHT = 180;

export function TimeChart({
  title,
  note,
  timeline,
  lines,
  format,
  nothing,
  isStacked,
  onZoom,
}: TimeChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [box, width] = useWidth();
  const canvas = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  const zoom = useRef(onZoom);
  useEffect(() => {
    zoom.current = onZoom;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours of the canvas
  useEffect(() => {
    if (!canvas.current || width === 0) return;
    const options = plotOptions({
      width,
      height: HEIGHT,
      lines,
      hidden,
      timeline,
      format,
      onCursor: (index, left) => setCursor(index === null || left < 0 ? null : { index, left }),
      isZoomable: zoom.current !== undefined,
      onZoom: (from, to) => zoom.current?.(new Date(from * 1000), new Date(to * 1000)),
    });
    const heights = isStacked ? stacked(lines, hidden) : lines.map((line) => line.values);
    const plot = new uPlot(options, [timeline.times, ...heights], canvas.current);
    return () => plot.destroy();
  }, [width, lines, hidden, timeline, format, isStacked, isDark]);
  const toggle = (label: string) => {
    const next = new Set(hidden);
    if (!next.delete(label)) next.add(label);
    setHidden(next);
  };
  const isEmpty = !lines.some((line) => line.values.some((value) => value));
  const shown = lines.filter((line) => !hidden.has(line.label));
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {note && <span>{note}</span>}
      </div>
      <div className={styles.plot} ref={box}>
        <div className={styles.canvas} ref={canvas} role="img" aria-label={`${title} over time`} />
        {isEmpty && <div className={styles.none}>{nothing}</div>}
        {cursor && !isEmpty && (
          <ChartTip timeline={timeline} lines={shown} format={format} width={width} {...cursor} />
        )}
      </div>
      <div className={styles.legend}>
        {lines.map((line) => (
          <button
            key={line.label}
            type="button"
            className={styles.key}
            aria-pressed={!hidden.has(line.label)}
            onClick={() => toggle(line.label)}
            title={line.label}
          >
            <span className={styles.swatch} style={{ background: `var(${line.token})` }} />
            <span className={styles.label}>{line.label}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

/** The width of an element in whole pixels, 0 before it is laid out. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}
