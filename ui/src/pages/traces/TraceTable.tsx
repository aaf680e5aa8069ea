import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";
import type { Trace } from "@/api/model";
import type { Column } from "./columns";
import { TraceCard, TraceRow } from "./TraceRow";
import styles from "./TraceTable.module.css";

const ROW_PX = 35;
const CARD_PX = 62;
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30;

interface TraceTableProps {
  traces: Trace[];
  columns: readonly Column[];
  isPhone: boolean;
  selected: number;
  scroll: RefObject<HTMLDivElement | null>;
  initialOffset: number;
  footer: string;
  onScroll: (offset: number) => void;
  onOpen: (trace: Trace) => void;
  onEnd: () => void;
}

export function TraceTable(props: TraceTableProps) {
  const { traces, columns, isPhone, selected, scroll, onEnd, onOpen } = props;
  const rows = useVirtualizer({
    count: traces.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (isPhone ? CARD_PX : ROW_PX),
    overscan: 12,
    initialOffset: props.initialOffset,
    scrollPaddingStart: 34,
    getItemKey: (index) => traces[index]?.trace_id ?? index,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= traces.length - AHEAD) onEnd();
  }, [last, traces.length, onEnd]);
  useEffect(() => {
    if (selected >= 0) rows.scrollToIndex(selected, { align: "auto" });
  }, [selected, rows]);
  const shown = isPhone ? [] : columns;
  const now = new Date();
  return (
    <div
      ref={scroll}
      className={styles.scroll}
      onScroll={(event) => props.onScroll(event.currentTarget.scrollTop)}
    >
      <table
        className={styles.table}
        style={tableStyle(shown, isPhone)}
        aria-rowcount={traces.length}
      >
        <thead>
          <tr>
            {shown.slice(0, 1).map(headerCell)}
            <th scope="col">Name</th>
            {shown.slice(1).map(headerCell)}
          </tr>
        </thead>
        <tbody style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const trace = traces[item.index];
            if (!trace) return null;
            const Row = isPhone ? TraceCard : TraceRow;
            return (
              <Row
                key={item.key}
                trace={trace}
                columns={shown}
                now={now}
                index={item.index}
                isSelected={item.index === selected}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                onOpen={onOpen}
              />
            );
          })}
        </tbody>
      </table>
      <div className={styles.foot}>{props.footer}</div>
    </div>
  );
}

function headerCell(column: Column) {
  return (
    <th key={column.id} scope="col" className={column.isNumber ? styles.number : undefined}>
      {column.label}
    </th>
  );
}

function tableStyle(columns: readonly Column[], isPhone: boolean): React.CSSProperties {
  if (isPhone)
    return { "--columns": "minmax(0, 1fr)", "--table-width": "0px" } as React.CSSProperties;
  const tracks = columns.map((column) => column.width);
  tracks.splice(Math.min(1, tracks.length), 0, "minmax(130px, 1.3fr)");
  const least = tracks.reduce((sum, track) => sum + Number(/\d+/.exec(track)?.[0] ?? 0) + 12, 36);
  return { "--columns": tracks.join(" "), "--table-width": `${least}px` } as React.CSSProperties;
}
