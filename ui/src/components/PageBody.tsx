import type { ReactNode } from "react";
import styles from "./PageBody.module.css";

/** The room below a page's head. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}

/** A few figures in a row. */
export function Tiles({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={styles.tiles} aria-label={label}>
      {children}
    </section>
  );
}

interface TileProps {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  title?: string | undefined;
}

export function Tile({ label, value, note, title }: TileProps) {
  return (
    <div className={styles.tile} title={title}>
      <span>{label}</span>
      <b>{value}</b>
      <small>{note}</small>
    </div>
  );
}
