import { useVerify } from "@/api/audit";
import type { AuditReport } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Copy } from "@/components/Copy";
import { count, dateTime } from "@/lib/format";
import styles from "./AuditPage.module.css";

/** Whether the log is what was signed. */
export function VerifyPanel({ organization }: { organization: string | undefined }) {
  const verify = useVerify();
  return (
    <section className={styles.panel} aria-label="Verification">
      <div className={styles.panelHead}>
        <h2>Is the log what was signed?</h2>
        {verify.data && (
          <Badge tone={verify.data.ok ? "good" : "bad"} hasDot>
            {verify.data.ok ? "sound" : "broken"}
          </Badge>
        )}
        {verify.data?.logs.some((log) => log.restored.length > 0) && (
          <Badge tone="warn">restored</Badge>
        )}
        <Button
          icon="check"
          className={styles.push}
          onClick={() => verify.mutate(organization)}
          disabled={verify.isPending}
        >
          {verify.isPending ? "Reading the log…" : "Verify"}
        </Button>
      </div>
      <div role="status">
        {verify.error && <p className={styles.bad}>{verify.error.message}</p>}
        {verify.data && <Report report={verify.data} />}
        {!verify.data && !verify.error && (
          <p className={styles.quiet}>
            Every entry holds the hash of the one before it, and the end of each log is signed
            outside the database. Verify reads all of it.
          </p>
        )}
      </div>
    </section>
  );
}

function Report({ report }: { report: AuditReport }) {
  const problems = report.logs.flatMap((log) => log.problems);
  const restored = report.logs.flatMap((log) =>
    log.restored.map((one) => ({ ...one, id: `${log.organization}:${one.seq}` })),
  );
  return (
    <>
      <ul className={styles.logs}>
        {report.logs.map((log) => (
          <li key={log.organization}>
            <b>{log.organization}</b>
            <span>
              {count(log.entries)} entries, {count(log.signed)} signed
              {log.signed_time && ` (${timeOf(log.signed_time)})`}, {count(log.checkpoints)}{" "}
              checkpoints
              {log.erased > 0 && `, ${count(log.erased)} values erased`}
            </span>
          </li>
        ))}
      </ul>
      {restored.length > 0 && (
        <ul className={styles.problems} aria-label="Restores">
          {restored.map((one) => (
            <li key={one.id}>
              <Badge tone="warn">restored</Badge>
              <code>{one.id}</code>
              <span>
                {timeOf(one.time)}, {one.by}: {one.reason}. Of entries {count(one.first)} to{" "}
                {count(one.last)}, what was signed before is gone or replaced.
              </span>
            </li>
          ))}
        </ul>
      )}
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label="Findings">
          {problems.map((one) => (
            <li key={`${one.organization}:${one.seq}:${one.fault}:${one.message}`}>
              <Badge tone="bad">{one.fault}</Badge>
              <code>
                {one.organization}
                {one.seq > 0 && `:${one.seq}`}
              </code>
              <span>{one.message}</span>
            </li>
          ))}
        </ul>
      )}
      {report.unreadable && report.unreadable.length > 0 && (
        <ul className={styles.problems} aria-label="Unreadable">
          {report.unreadable.map((one) => (
            <li key={one}>
              <Badge tone="bad">unreadable</Badge>
              <span>{one}</span>
            </li>
          ))}
        </ul>
      )}
      {report.key && (
        <p className={styles.key}>
          <span>
            Key <code>{report.key}</code>
          </span>
          <Copy text={report.key} label="Copy the public key" />
        </p>
      )}
    </>
  );
}

function timeOf(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : dateTime(at);
}
