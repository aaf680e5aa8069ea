import type { Tone } from "@/components/Badge";
import { cx } from "@/lib/cx";
import styles from "./Meter.module.css";

interface MeterProps {
  label: string;
  /** 0 to 1 and beyond. */
  share: number;
  tone?: Extract<Tone, "good" | "warn" | "bad" | "accent">;
  /** A further share that is held, drawn behind the first. */
  held?: number;
}

/** How full something is. */
export function Meter({ label, share, tone = "accent", held = 0 }: MeterProps) {
  const width = (part: number) => `${Math.min(100, Math.max(0, part * 100))}%`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn in our colours
    <span
      className={cx(styles.meter, styles[tone])}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(1, share) * 100)}
    >
      {held > 0 && <i className={styles.held} style={{ width: width(share + held) }} />}
      <i style={{ width: width(share) }} />
    </span>
  );
}
