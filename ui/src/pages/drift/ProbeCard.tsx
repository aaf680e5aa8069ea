import type { ProbeKept } from "@/api/model";
import { type ProbeDeed, useProbeDeed } from "@/api/probes";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { DeleteButton } from "@/components/DeleteButton";
import { ago, dateTime, duration, money } from "@/lib/format";
import styles from "./DriftPage.module.css";
import { STATUS_TONES } from "./ProbeRuns";
import { whenOf } from "./probe";

interface ProbeCardProps {
  kept: ProbeKept;
  mayManage: boolean;
  onEdit: () => void;
  onRuns: () => void;
}

export function ProbeCard({ kept, mayManage, onEdit, onRuns }: ProbeCardProps) {
  const { probe } = kept;
  const deed = useProbeDeed();
  const remove = useProbeDeed();
  const last = kept.recent.at(-1);
  const isOn = probe.enabled !== false;
  const act = (what: ProbeDeed) => deed.mutate({ name: probe.name, deed: what });
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{probe.name}</h2>
        {last && (
          <Badge tone={STATUS_TONES[last.status] ?? "info"} hasDot>
            {kept.is_running ? "running" : last.status}
          </Badge>
        )}
        {!isOn && <Badge tone="warn">paused</Badge>}
        {kept.origin === "file" && <Badge>configuration</Badge>}
        <span className={styles.push}>
          {mayManage && (
            <Button isSmall disabled={kept.is_running} onClick={() => act("run")}>
              Run now
            </Button>
          )}
          <Button isSmall onClick={onRuns}>
            Runs
          </Button>
          {mayManage && kept.origin === "managed" && (
            <>
              <Button isSmall icon="edit" aria-label={`Edit ${probe.name}`} onClick={onEdit} />
              <Button isSmall kind="ghost" onClick={() => act(isOn ? "pause" : "resume")}>
                {isOn ? "Pause" : "Resume"}
              </Button>
              <DeleteButton
                what={`probe ${probe.name}`}
                remove={remove}
                with={{ name: probe.name, deed: "delete" }}
              >
                Its runs and its baseline go with it.
              </DeleteButton>
            </>
          )}
        </span>
      </div>
      {probe.prompt && <p className={styles.prompt}>{probe.prompt.slice(0, 200)}</p>}
      <Results kept={kept} />
      <p className={styles.dim}>
        {probe.models.join(", ")}, {whenOf(probe)}
        {last &&
          `, last ${ago(new Date(last.time), new Date())}, ${last.passed} of ${last.samples}`}
        {last?.latency_ms != null && `, ${duration(last.latency_ms)}`}
        {`, ${money(kept.spent_usd)} today`}
        {kept.next_time && `, next ${dateTime(new Date(kept.next_time))}`}
      </p>
      {kept.drift.map((one) => (
        <p key={one.model} className={styles.problem}>
          {one.model} has drifted in {one.signal} since {dateTime(new Date(one.since_time))}{" "}
          {mayManage && (
            <Button isSmall onClick={() => act("rebase")}>
              Take the new answers for right
            </Button>
          )}
        </p>
      ))}
      {deed.error && (
        <p className={styles.problem} role="alert">
          {deed.error.message}
        </p>
      )}
    </li>
  );
}

/** A bar for each of the newest runs, the last at the right. */
function Results({ kept }: { kept: ProbeKept }) {
  if (kept.recent.length === 0) return null;
  const passed = kept.recent.filter((one) => one.status === "passed").length;
  return (
    <div
      className={styles.runs}
      role="img"
      aria-label={`${passed} of the last ${kept.recent.length} runs were as expected`}
    >
      {kept.recent.map((one) => (
        <i
          className={styles.run}
          key={one.run_id}
          data-status={one.status}
          title={`${dateTime(new Date(one.time))}: ${one.status}, ${one.passed} of ${one.samples}`}
        />
      ))}
    </div>
  );
}
