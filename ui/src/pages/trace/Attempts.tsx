import { Link } from "@tanstack/react-router";
import type { Attempt, Span } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Copy } from "@/components/Copy";
import { type AttemptRole, deedsOf, fateOf, roleOf } from "@/lib/attempts";
import { duration } from "@/lib/format";
import { offsetMs } from "@/lib/timing";
import styles from "./Timing.module.css";

/** Who was asked, how it went, and what was done to the answer on the way. */
export function Attempts({ span }: { span: Span }) {
  const deeds = deedsOf(span);
  // They are recorded as they end; a hedge may end before the attempt that it helps.
  const attempts = span.attempts.toSorted((a, b) => (a.start_time < b.start_time ? -1 : 1));
  if (span.attempts.length === 0 && deeds.length === 0) return null;
  return (
    <section aria-label="Attempts">
      <h3>
        Attempts
        {span.route && (
          <span className={styles.route}>
            {" by route "}
            <Link to="/routes" search={{ model: span.route }}>
              {span.route}
            </Link>
          </span>
        )}
      </h3>
      {deeds.length > 0 && (
        <ul className={styles.deeds}>
          {deeds.map((deed) => (
            <li key={deed.label}>
              <Badge tone={deed.tone}>{deed.label}</Badge>
              <span>{deed.text}</span>
            </li>
          ))}
        </ul>
      )}
      <ol className={styles.attempts}>
        {attempts.map((attempt, index) => (
          <AttemptRow
            key={`${attempt.start_time} ${attempt.provider} ${attempt.model}`}
            span={span}
            attempt={attempt}
            index={index}
            role={roleOf({ ...span, attempts }, index)}
          />
        ))}
      </ol>
    </section>
  );
}

const LOOKS = {
  answered: { tone: "good", color: "--series-1" },
  failed: { tone: "bad", color: "--bad" },
  left: { tone: "neutral", color: "--border-strong" },
} as const;

interface AttemptRowProps {
  span: Span;
  attempt: Attempt;
  index: number;
  role: AttemptRole;
}

function AttemptRow({ span, attempt, index, role: { role, meaning } }: AttemptRowProps) {
  const total = span.duration_ms || 1;
  const began = offsetMs(span, attempt.start_time);
  const left = Math.min(1, began / total);
  const width = Math.min(1 - left, attempt.duration_ms / total);
  const look = LOOKS[fateOf(attempt)];
  const firstByte = attempt.first_byte_ms;
  return (
    <li className={styles.attempt}>
      <div className={styles.attemptHead}>
        <span className={styles.dim}>{index + 1}</span>
        <Link to="/providers/$name" params={{ name: attempt.provider }} className={styles.provider}>
          {attempt.provider}
        </Link>
        <span>{attempt.model}</span>
        <Badge tone={look.tone} hasDot>
          {attempt.error ?? String(attempt.status ?? "ok")}
        </Badge>
        {role !== "first" && <Badge title={meaning}>{role}</Badge>}
        <span className={styles.push}>{duration(attempt.duration_ms)}</span>
      </div>
      <div className={styles.track} aria-hidden="true">
        <i
          style={{
            left: `${left * 100}%`,
            width: `${width * 100}%`,
            background: `var(${look.color})`,
          }}
        />
        {firstByte !== null && firstByte < attempt.duration_ms && (
          <b style={{ left: `${Math.min(1, (began + firstByte) / total) * 100}%` }} />
        )}
      </div>
      <span className={styles.dim}>
        +{duration(began)}
        {attempt.status === null ? " · no answer" : ` · HTTP ${attempt.status}`}
        {firstByte !== null && ` · first byte after ${duration(firstByte)}`}
        {attempt.provider_request_id && (
          <>
            {" · request id "}
            <code>{attempt.provider_request_id}</code>
            <Copy text={() => attempt.provider_request_id ?? ""} label="Copy: request id" />
          </>
        )}
      </span>
    </li>
  );
}
