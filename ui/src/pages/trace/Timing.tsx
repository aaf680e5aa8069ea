import type { Span } from "@/api/model";
import { JsonTree } from "@/components/JsonTree";
import { duration, percent } from "@/lib/format";
import { offsetMs, segmentsOf } from "@/lib/timing";
import { Attempts } from "./Attempts";
import styles from "./Timing.module.css";

export function Timing({ span }: { span: Span }) {
  return (
    <div className={styles.timing}>
      <Phases span={span} />
      <Attempts span={span} />
      {span.events.length > 0 && (
        <section>
          <h3>Events</h3>
          {span.events.map((event) => (
            <div key={`${event.time} ${event.name}`} className={styles.event}>
              <span className={styles.dim}>+{duration(offsetMs(span, event.time))}</span>
              <div>
                {event.name}
                {Object.keys(event.attributes).length > 0 && (
                  <JsonTree value={event.attributes} depth={0} />
                )}
              </div>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

function Phases({ span }: { span: Span }) {
  const segments = segmentsOf(span);
  return (
    <section>
      <h3>Where {duration(span.duration_ms)} went</h3>
      <div className={styles.bar} aria-hidden="true">
        {segments.map((segment) => (
          <i
            key={segment.label}
            style={{ flexGrow: segment.ms, flexBasis: 0, background: `var(${segment.token})` }}
            title={`${segment.label}: ${duration(segment.ms)}`}
          />
        ))}
      </div>
      <ul className={styles.legend}>
        {segments.map((segment) => (
          <li key={segment.label}>
            <span className={styles.swatch} style={{ background: `var(${segment.token})` }} />
            <span>{segment.label}</span>
            <span className={styles.number}>{duration(segment.ms)}</span>
            <span className={styles.dim}>
              {percent(segment.ms / (span.duration_ms || 1), 0)} · {segment.meaning}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
