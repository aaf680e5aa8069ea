import type { Attempt, Span } from "@/api/model";
import { Badge } from "@/components/Badge";
import { JsonTree } from "@/components/JsonTree";
import { duration, percent } from "@/lib/format";
import { offsetMs, segmentsOf } from "@/lib/timing";
import styles from "./Timing.module.css";

export function Timing({ span }: { span: Span }) {
  return (
    <div className={styles.timing}>
      <Phases span={span} />
      {span.attempts.length > 0 && (
        <section>
          <h3>Attempts</h3>
          <ol className={styles.attempts}>
            {span.attempts.map((attempt, index) => (
              <AttemptRow
                key={`${attempt.start_time} ${attempt.provider}`}
                span={span}
                attempt={attempt}
                number={index + 1}
              />
            ))}
          </ol>
        </section>
      )}
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

function AttemptRow({ span, attempt, number }: { span: Span; attempt: Attempt; number: number }) {
  const total = span.duration_ms || 1;
  const left = Math.min(1, offsetMs(span, attempt.start_time) / total);
  const width = Math.min(1 - left, attempt.duration_ms / total);
  const isFailed = attempt.error !== null;
  return (
    <li className={styles.attempt}>
      <div className={styles.attemptHead}>
        <span className={styles.dim}>{number}</span>
        <b>{attempt.provider}</b>
        <span>{attempt.model}</span>
        <Badge tone={isFailed ? "bad" : "good"} hasDot>
          {attempt.error ?? String(attempt.status ?? "ok")}
        </Badge>
        <span className={styles.push}>{duration(attempt.duration_ms)}</span>
      </div>
      <div className={styles.track} aria-hidden="true">
        <i
          style={{
            left: `${left * 100}%`,
            width: `${width * 100}%`,
            background: `var(${isFailed ? "--bad" : "--series-1"})`,
          }}
        />
      </div>
      <span className={styles.dim}>
        {attempt.status === null ? "no answer" : `HTTP ${attempt.status}`}
        {attempt.first_byte_ms !== null && ` · first byte after ${duration(attempt.first_byte_ms)}`}
        {attempt.provider_request_id && ` · request id ${attempt.provider_request_id}`}
      </span>
    </li>
  );
}
