import { useState } from "react";
import { type PolicyVersion, useChangePolicy, useDiff } from "@/api/policies";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { ErrorState, Skeleton } from "@/components/States";
import { dateTime } from "@/lib/format";
import styles from "./guard.module.css";

interface VersionsProps {
  name: string;
  versions: readonly PolicyVersion[];
}

/** All versions; two of them compared, and the way back to one. */
export function Versions({ name, versions }: VersionsProps) {
  const newest = versions[0]?.version ?? 0;
  const live = versions.find((one) => one.is_live)?.version;
  const [chosen, setChosen] = useState<number | null>(null);
  const base = live && live !== newest ? live : (versions[1]?.version ?? 0);
  const from = chosen ?? base;
  const change = useChangePolicy(name);
  return (
    <section className={styles.panel} aria-label="Versions">
      <h2>Versions</h2>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Version</th>
              <th>Made</th>
              <th>Note</th>
              <th>Mode</th>
              <th className={styles.number}>Rules</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {versions.map((one) => (
              <tr key={one.version}>
                <td>
                  {one.version} {one.is_live && <Badge tone="good">live</Badge>}
                  {one.is_trial && <Badge tone="violet">trial</Badge>}
                </td>
                <td>{dateTime(new Date(one.created_time))}</td>
                <td>{one.note}</td>
                <td>{one.mode}</td>
                <td className={styles.number}>{one.rules}</td>
                <td className={styles.number}>
                  {one.version !== newest && (
                    <Button
                      isSmall
                      isActive={from === one.version}
                      onClick={() => setChosen(one.version)}
                    >
                      Compare
                    </Button>
                  )}{" "}
                  {!one.is_live && one.version !== newest && (
                    <Button
                      isSmall
                      disabled={change.isPending}
                      onClick={() =>
                        change.mutate({ what: "rollback", body: { version: one.version } })
                      }
                    >
                      Roll back
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {change.isError && <p className={styles.problem}>{change.error.message}</p>}
      {from > 0 && from !== newest && <Diff name={name} from={from} to={newest} />}
    </section>
  );
}

function Diff({ name, from, to }: { name: string; from: number; to: number }) {
  const diff = useDiff(name, from, to);
  return (
    <section className={styles.rule} aria-label={`Version ${from} compared with ${to}`}>
      <h3>
        Version {from} → {to}
      </h3>
      {diff.isPending && <Skeleton height={60} />}
      {diff.isError && (
        <ErrorState title="They cannot be compared" error={diff.error} onRetry={diff.refetch} />
      )}
      {diff.data?.items.length === 0 && <p className={styles.dim}>They say the same.</p>}
      {diff.data?.items.map((one) => (
        <div key={one.path} className={styles.panel}>
          <code>{one.path}</code>
          {one.before !== null && <div className={styles.before}>− {shown(one.before)}</div>}
          {one.after !== null && <div className={styles.after}>+ {shown(one.after)}</div>}
        </div>
      ))}
    </section>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
