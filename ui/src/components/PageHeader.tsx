import { type ReactNode, useEffect } from "react";
import styles from "./PageHeader.module.css";

interface PageHeaderProps {
  title: string;
  /** What stands before the title, such as the way back. */
  lead?: ReactNode;
  children?: ReactNode;
}

/** The head of a page; its title is the document's too. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  return (
    <header className={styles.header}>
      {lead}
      <h1>{title}</h1>
      <div className={styles.actions}>{children}</div>
    </header>
  );
}
