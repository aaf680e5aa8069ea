import type { UsageReport, UsageRow } from "@/api/model";
import { Meter } from "@/components/Meter";
import { Figure, Table } from "@/components/Table";
import { compactCount, count, money } from "@/lib/format";
import type { Naming } from "@/lib/names";
import styles from "./SpendPage.module.css";
import { DIMENSIONS, type Dimension } from "./search";

/** More rows help nobody on a page; the export has all. */
export const MOST_ROWS = 200;

interface SpendTableProps {
  report: UsageReport;
  by: Dimension;
  nameOf: Naming;
  onNarrow: (value: string) => void;
}

export function SpendTable({ report, by, nameOf, onNarrow }: SpendTableProps) {
  const label = DIMENSIONS.find(({ value }) => value === by)?.label ?? by;
  const all = Number(report.total.cost_usd);
  const rows = report.items.filter((row) => by in row.by);
  return (
    <>
      <Table
        label={`Spend by ${by}`}
        columns={[
          { label },
          { label: "Share", title: "Of the cost" },
          { label: "Cost", isFigure: true },
          { label: "Requests", isFigure: true },
          { label: "Errors", isFigure: true },
          { label: "Tokens in", isFigure: true },
          { label: "Tokens out", isFigure: true },
          { label: "Saved", isFigure: true, title: "What the cache saved" },
          { label: "No price", isFigure: true, title: "Requests whose price is not known" },
        ]}
      >
        {rows.map((row) => (
          <SpendRow
            key={row.by[by] ?? ""}
            row={row}
            name={nameOf(by, row.by[by] ?? "")}
            value={row.by[by] ?? ""}
            nothing={`no ${by}`}
            share={all > 0 ? Number(row.cost_usd) / all : 0}
            onNarrow={onNarrow}
          />
        ))}
      </Table>
      {report.others > 0 && (
        <p className={styles.none}>
          The {count(rows.length)} dearest of {count(rows.length + report.others)}; the export has
          all of them.
        </p>
      )}
    </>
  );
}

interface SpendRowProps {
  row: UsageRow;
  name: string;
  value: string;
  /** What those are called that name none. */
  nothing: string;
  share: number;
  onNarrow: (value: string) => void;
}

function SpendRow({ row, name, value, nothing, share, onNarrow }: SpendRowProps) {
  return (
    <tr>
      <td>
        {value ? (
          <button type="button" className={styles.narrow} onClick={() => onNarrow(value)}>
            {name}
          </button>
        ) : (
          <span className={styles.none}>{nothing}</span>
        )}
      </td>
      <td className={styles.share}>
        <Meter label={`Share of ${name || nothing}`} share={share} />
      </td>
      <Figure>{money(row.cost_usd)}</Figure>
      <Figure>{count(row.requests)}</Figure>
      <Figure>{count(row.errors)}</Figure>
      <Figure>{compactCount(row.tokens.input)}</Figure>
      <Figure>{compactCount(row.tokens.output)}</Figure>
      <Figure>{money(row.saved_usd)}</Figure>
      <Figure>{count(row.unpriced_requests)}</Figure>
    </tr>
  );
}
