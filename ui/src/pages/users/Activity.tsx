import type { Trace } from "@/api/model";
import { byDay } from "@/lib/days";
import { count, counted, money } from "@/lib/format";
import styles from "./Activity.module.css";

/** A bar for each of the last 30 days. */
export function Activity({ traces }: { traces: readonly Trace[] }) {
  const days = byDay(traces, new Date());
  const most = Math.max(1, ...days.map((day) => day.traces));
  const active = days.filter((day) => day.traces > 0).length;
  return (
    <figure className={styles.figure}>
      <figcaption>Traces a day, the last 30 days</figcaption>
      <div
        className={styles.bars}
        role="img"
        aria-label={`Active on ${active} of the last 30 days`}
      >
        {days.map((day) => (
          <span
            key={day.day}
            title={`${day.day}: ${counted(day.traces, "trace")}, ${count(day.errors)} failed, ${money(day.cost)}`}
          >
            <i data-error={day.errors > 0} style={{ height: `${(day.traces / most) * 100}%` }} />
          </span>
        ))}
      </div>
    </figure>
  );
}
