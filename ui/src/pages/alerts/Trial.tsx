import type { useTryAlertRule } from "@/api/alerts";
import { Badge } from "@/components/Badge";
import styles from "./AlertsPage.module.css";

/** What the rule would see now. */
export function Trial({ trial }: { trial: ReturnType<typeof useTryAlertRule> }) {
  if (!trial.data) return null;
  const { groups } = trial.data;
  return (
    <div className={styles.trial} aria-live="polite">
      {groups.length === 0 ? (
        <p className={styles.dim}>Nothing can be said now: there are no such calls, or too few.</p>
      ) : (
        <ul>
          {groups.slice(0, 8).map((group) => (
            <li key={group.group}>
              <Badge tone={group.holds ? "bad" : "good"}>{group.holds ? "fires" : "quiet"}</Badge>{" "}
              {group.group && <b>{group.group}: </b>}
              {group.summary}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
