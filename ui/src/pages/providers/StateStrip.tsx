import { STATE_COLORS, type StateSpan, stripOf } from "@/lib/targets";
import styles from "./ProviderPage.module.css";

interface StateStripProps {
  timeline: readonly StateSpan[];
  from: Date;
  to: Date;
}

/** States over time as one bar; empty where nobody looked. */
export function StateStrip({ timeline, from, to }: StateStripProps) {
  const parts = stripOf(timeline, from, to);
  return (
    <div
      className={styles.strip}
      role="img"
      aria-label={parts.map((part) => part.title).join(", ")}
    >
      {parts.map((part) => (
        <i
          key={part.left}
          title={part.title}
          style={{
            left: `${part.left * 100}%`,
            width: `${part.width * 100}%`,
            background: `var(${STATE_COLORS[part.state]})`,
          }}
        />
      ))}
    </div>
  );
}
