import type { ReactNode } from "react";
import styles from "./GroupTable.module.css";

export interface GroupColumn<T> {
  label: string;
  isNumber?: boolean;
  render: (row: T) => ReactNode;
}

interface GroupTableProps<T> {
  label: string;
  rows: readonly T[];
  columns: readonly GroupColumn<T>[];
  keyOf: (row: T) => string;
  selected?: number;
  footer?: ReactNode;
}

/** A plain table of a page's rows. */
export function GroupTable<T>(props: GroupTableProps<T>) {
  const { rows, columns } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.wrap} aria-label={props.label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={column.isNumber ? styles.number : undefined}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={props.keyOf(row)} aria-selected={index === props.selected}>
              {columns.map((column) => (
                <td key={column.label} className={column.isNumber ? styles.number : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {props.footer && <div className={styles.foot}>{props.footer}</div>}
    </section>
  );
}
