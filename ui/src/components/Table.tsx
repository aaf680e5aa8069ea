import type { ReactNode } from "react";
import styles from "./Table.module.css";

export interface Column {
  label: string;
  /** Figures stand at the right. */
  isFigure?: boolean;
  title?: string;
}

interface TableProps {
  label: string;
  columns: readonly Column[];
  /** `Row`s. */
  children: ReactNode;
}

/** A table in a card; where it is wider than the page it scrolls within. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <div className={styles.card}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={styles.scroll} tabIndex={0} aria-label={label}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.label}
                  scope="col"
                  title={column.title}
                  className={column.isFigure ? styles.figure : undefined}
                >
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </section>
    </div>
  );
}

/** A figure of a row. */
export function Figure({ children, title }: { children: ReactNode; title?: string | undefined }) {
  return (
    <td className={styles.figure} title={title}>
      {children}
    </td>
  );
}
