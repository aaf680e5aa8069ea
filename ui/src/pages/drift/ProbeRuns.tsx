import { Link } from "@tanstack/react-router";
import type { ProbeRun } from "@/api/model";
import { useProbeRuns } from "@/api/probes";
import { Badge, type Tone } from "@/components/Badge";
import { Dialog } from "@/components/Dialog";
import { Skeleton } from "@/components/States";
import { dateTime, duration } from "@/lib/format";
import styles from "./DriftPage.module.css";

export const STATUS_TONES: Record<string, Tone> = {
  passed: "good",
  failed: "bad",
  error: "bad",
  drifted: "warn",
  stopped: "warn",
  lost: "warn",
};

/** The newest runs with each question. */
export function ProbeRuns({ name, onClose }: { name: string; onClose: () => void }) {
  const runs = useProbeRuns(name);
  return (
    <Dialog title={`Runs of ${name}`} onClose={onClose}>
      {runs.error ? (
        <p className={styles.problem} role="alert">
          {runs.error.message}
        </p>
      ) : !runs.data ? (
        <Skeleton height={120} />
      ) : runs.data.items.length === 0 ? (
        <p className={styles.dim}>It has not run yet.</p>
      ) : (
        <ul className={styles.list} aria-label="Runs">
          {runs.data.items.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Run({ run }: { run: ProbeRun }) {
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Badge tone={STATUS_TONES[run.status] ?? "info"} hasDot>
          {run.status}
        </Badge>
        <span className={styles.push}>{dateTime(new Date(run.started_time))}</span>
      </div>
      {run.detail && <p className={styles.dim}>{run.detail}</p>}
      <div className={styles.scroll}>
        <table className={styles.signals}>
          <tbody>
            {run.samples.map((sample) => (
              <tr key={sample.trace_id}>
                <td>
                  <Link to="/traces/$traceId" params={{ traceId: sample.trace_id }}>
                    {sample.model}
                  </Link>
                </td>
                <td>{sample.status}</td>
                <td>{duration(sample.latency_ms)}</td>
                <td>{sample.problems.join("; ") || sample.answer.slice(0, 80)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </li>
  );
}
