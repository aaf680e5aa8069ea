import { Link } from "@tanstack/react-router";
import { useDriftAlarms } from "@/api/drift";
import type { DriftAlarm } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { ago, compactCount, dateTime } from "@/lib/format";
import styles from "./DriftPage.module.css";
import { SEVERITY_TONES, sideOf } from "./words";

/** What has changed, the newest first. */
export function Alarms() {
  const alarms = useDriftAlarms();
  if (alarms.isPending) {
    return (
      <div aria-busy="true" className={styles.list}>
        <Skeleton height={120} />
      </div>
    );
  }
  if (!alarms.data) {
    return (
      <ErrorState
        title="The alarms cannot be loaded"
        error={alarms.error}
        onRetry={alarms.refetch}
      />
    );
  }
  if (alarms.data.items.length === 0) {
    return (
      <Empty icon="check" title="No answers have changed">
        <p>When a model begins to answer differently, it is said here since when and in what.</p>
      </Empty>
    );
  }
  return (
    <ul className={styles.list} aria-label="Alarms">
      {alarms.data.items.map((alarm) => (
        <AlarmCard key={alarm.id} alarm={alarm} />
      ))}
    </ul>
  );
}

function AlarmCard({ alarm }: { alarm: DriftAlarm }) {
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Badge tone={SEVERITY_TONES[alarm.severity]} hasDot>
          {alarm.severity}
        </Badge>
        <h2>{alarm.model}</h2>
        {!alarm.baseline.startsWith("auto:") && <Badge>{alarm.baseline}</Badge>}
        <span className={styles.push} title={dateTime(new Date(alarm.raised_time))}>
          {ago(new Date(alarm.raised_time), new Date())}
        </span>
      </div>
      <p>
        Since {dateTime(new Date(alarm.since_time))}, seen first in <b>{alarm.signal}</b>; by chance
        at most once in {compactCount(alarm.e)} calls.
      </p>
      {alarm.versions.length > 0 && (
        <p className={styles.dim}>Answered as {alarm.versions.join(", then ")}</p>
      )}
      <div className={styles.scroll}>
        <table className={styles.signals}>
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col">Before</th>
              <th scope="col">Since</th>
              <th scope="col">Effect</th>
            </tr>
          </thead>
          <tbody>
            {alarm.signals.slice(0, 6).map((one) => (
              <tr key={one.signal}>
                <td>{one.signal}</td>
                <td>{one.effect ? sideOf(one.effect.before) : "–"}</td>
                <td>{one.effect ? sideOf(one.effect.after) : "–"}</td>
                <td>{one.effect ? one.effect.size.toFixed(2) : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.links}>
        <Link to="/traces/$traceId" params={{ traceId: alarm.since_trace_id }}>
          First changed call
        </Link>
        <Link to="/traces/$traceId" params={{ traceId: alarm.trace_id }}>
          Call that raised it
        </Link>
      </p>
    </li>
  );
}
