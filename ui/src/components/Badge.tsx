import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import styles from "./Badge.module.css";

export type Tone = "neutral" | "good" | "bad" | "warn" | "info" | "violet" | "accent";

interface BadgeProps {
  tone?: Tone;
  hasDot?: boolean;
  title?: string | undefined;
  children: ReactNode;
}

export function Badge({ tone = "neutral", hasDot, title, children }: BadgeProps) {
  return (
    <span
      className={cx(styles.badge, tone !== "neutral" && styles[tone], hasDot && styles.dot)}
      title={title}
    >
      {children}
    </span>
  );
}

export function StatusBadge({ status }: { status: string }) {
  const tone = status === "error" ? "bad" : status === "ok" ? "good" : "neutral";
  return (
    <Badge tone={tone} hasDot>
      {status}
    </Badge>
  );
}

/** In lists only what went wrong stands out. */
export function StatusDot({ status }: { status: string }) {
  if (status === "error") return <StatusBadge status={status} />;
  return (
    <span className={cx(styles.badge, styles.dot, styles.quiet)} data-status={status}>
      {status}
    </span>
  );
}
