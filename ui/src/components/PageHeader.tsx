import { type ReactNode, useEffect } from "react";
import styles from "./PageHeader.module.css";

/** The head of a page; its title is the document's too. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  return (
    <header className={styles.header}>
      <h1>{title}</h1>
      <div className={styles.actions}>{children}</div>
    </header>
  );
}
