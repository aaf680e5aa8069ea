import { Link, type LinkProps } from "@tanstack/react-router";
import { Icon } from "@/components/Icon";
import styles from "./BackLink.module.css";

/** The way to the list that a page belongs to. */
export function BackLink({ to, label }: { to: LinkProps["to"]; label: string }) {
  return (
    <Link to={to} className={styles.back} aria-label={label} title={label}>
      <Icon name="left" />
    </Link>
  );
}
