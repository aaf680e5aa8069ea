/** uPlot options in the console's colours. */
import uPlot from "uplot";
import { resolveColors, withAlpha } from "@/charts/palette";
import type { Timeline } from "@/charts/timeline";

export interface ChartLine {
  label: string;
  /** A colour token such as `--series-1`. */
  token: string;
  values: (number | null)[];
  kind?: "line" | "area" | "bars";
  /** Without marks, also where there are few values. */
  isPlain?: boolean;
}

export interface PlotSettings {
  width: number;
  height: number;
  lines: readonly ChartLine[];
  hidden: ReadonlySet<string>;
  timeline: Timeline;
  format: (value: number) => string;
  onCursor: (index: number | null, left: number) => void;
  isZoomable: boolean;
  onZoom: (from: number, to: number) => void;
}

const FONT = '11px "Inter Variable", system-ui, sans-serif';
const SYNC = "overview";
/** Half a label of the time axis, which stands at the very end in the worst case. */
const RIGHT_PX = 18;
const LEAST_LABEL_PX = 56;
/** Of a figure in `FONT`, and what stands beside the label. */
const FIGURE_PX = 6.8;
const LABEL_GAP_PX = 14;
/** Drags shorter than this are clicks. */
const LEAST_DRAG_PX = 6;

export function plotOptions(settings: PlotSettings): uPlot.Options {
  const { width, height, timeline } = settings;
  const tokens = ["--text-3", "--border", ...settings.lines.map((line) => line.token)];
  const colors = resolveColors(tokens);
  return {
    width,
    height,
    padding: [8, RIGHT_PX, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: [timeline.from, timeline.to] },
      y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.08 : 1] },
    },
    axes: axes(settings, colors),
    cursor: {
      y: false,
      points: { size: 6 },
      drag: { x: settings.isZoomable, y: false, setScale: false, dist: LEAST_DRAG_PX },
      sync: { key: SYNC },
    },
    series: [{}, ...settings.lines.map((line) => series(line, settings, colors))],
    hooks: {
      setCursor: [(plot) => settings.onCursor(plot.cursor.idx ?? null, plot.cursor.left ?? 0)],
      setSelect: [
        (plot) => {
          const { left, width: dragged } = plot.select;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          if (dragged < LEAST_DRAG_PX) return;
          settings.onZoom(plot.posToVal(left, "x"), plot.posToVal(left + dragged, "x"));
        },
      ],
    },
  };
}

function axes(settings: PlotSettings, colors: Record<string, string>): uPlot.Axis[] {
  const stroke = colors["--text-3"] ?? "gray";
  const grid = { stroke: colors["--border"] ?? "gray", width: 1 };
  return [
    {
      stroke,
      font: FONT,
      grid: { show: false },
      ticks: { ...grid, size: 4 },
      size: 26,
      space: 64,
      values: timeLabels,
    },
    {
      stroke,
      font: FONT,
      grid,
      ticks: { show: false },
      size: (_plot, values) => labelWidth(values),
      space: 36,
      values: (_plot, splits) => splits.map((value) => settings.format(value)),
    },
  ];
}

/** What the widest label of an axis needs; there are none while a chart is laid out. */
export function labelWidth(labels: readonly string[] | null): number {
  const longest = Math.max(0, ...(labels ?? []).map((label) => label.length));
  return Math.max(LEAST_LABEL_PX, Math.ceil(longest * FIGURE_PX) + LABEL_GAP_PX);
}

const two = (value: number) => String(value).padStart(2, "0");

/** Hours and minutes; the day where one begins or the steps are days. */
function timeLabels(
  _plot: uPlot,
  splits: number[],
  _axis: number,
  _space: number,
  step: number,
): string[] {
  return splits.map((seconds) => {
    const at = new Date(seconds * 1000);
    const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
    const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
    return step >= 86_400 || isMidnight ? day : `${two(at.getHours())}:${two(at.getMinutes())}`;
  });
}

function series(
  line: ChartLine,
  settings: PlotSettings,
  colors: Record<string, string>,
): uPlot.Series {
  const stroke = colors[line.token] ?? "gray";
  const common = { label: line.label, show: !settings.hidden.has(line.label), stroke };
  if (line.kind === "bars") {
    const paths = uPlot.paths.bars?.({ size: [0.72, 60], align: 1, radius: 0.12 });
    return {
      ...common,
      width: 0,
      fill: stroke,
      points: { show: false },
      ...(paths ? { paths } : {}),
    };
  }
  const isSparse =
    !line.isPlain &&
    line.values.filter((value) => value !== null).length < settings.timeline.times.length / 2;
  return {
    ...common,
    width: 1.6,
    spanGaps: true,
    points: { show: isSparse, size: 5, fill: stroke },
    ...(line.kind === "area" ? { fill: withAlpha(stroke, 0.14) } : {}),
  };
}
