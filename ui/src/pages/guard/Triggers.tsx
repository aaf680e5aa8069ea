import { Link } from "@tanstack/react-router";
import type { GuardOverview } from "@/api/guard";
import { Badge } from "@/components/Badge";
import { count } from "@/lib/format";
import styles from "./guard.module.css";
import { precisionText } from "./words";

/** What fires most, and how often it is right. */
export function Triggers({ triggers }: { triggers: GuardOverview["triggers"] }) {
  return (
    <section className={styles.panel} aria-label="What fires most">
      <h2>What fires most</h2>
      {triggers.length === 0 && <p className={styles.dim}>Nothing fired in this range.</p>}
      {triggers.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Detector</th>
                <th>Kind</th>
                <th>Rule</th>
                <th className={styles.number}>Findings</th>
                <th className={styles.number}>Calls</th>
                <th>Right, of those judged</th>
              </tr>
            </thead>
            <tbody>
              {triggers.map(({ detector, kind, policy, rule, mode, ...one }) => (
                <tr key={`${detector} ${kind} ${policy} ${rule} ${mode}`}>
                  <td>{detector}</td>
                  <td>
                    <Link to="/guard/findings" search={{ detector, kind, policy, rule, mode }}>
                      {kind || "score"}
                    </Link>
                  </td>
                  <td>
                    {policy} / {rule} {mode === "shadow" && <Badge>shadow</Badge>}
                  </td>
                  <td className={styles.number}>{count(one.findings)}</td>
                  <td className={styles.number}>{count(one.calls)}</td>
                  <td>{precisionText(one.precision)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
