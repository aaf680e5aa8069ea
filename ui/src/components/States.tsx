import type { ReactNode } from "react";
import { ApiError } from "@/api/http";
import { Button } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { cx } from "@/lib/cx";
import styles from "./States.module.css";

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
}

export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className={styles.state}>
      <span className={styles.icon}>
        <Icon name={icon} width={20} height={20} />
      </span>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </div>
  );
}

interface ErrorStateProps {
  title: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
}

export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className={styles.state} role="alert">
      <span className={cx(styles.icon, styles.bad)}>
        <Icon name="alert" width={20} height={20} />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p>{message}</p>
      {error instanceof ApiError && <span className={styles.code}>{error.code}</span>}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

/** Alone in the place of what is loaded; says so. */
export function Loading({ height }: { height: number }) {
  return (
    <div aria-busy="true">
      <Skeleton height={height} />
    </div>
  );
}

export function Skeleton({
  width = "100%",
  height = 14,
}: {
  width?: number | string;
  height?: number;
}) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}
