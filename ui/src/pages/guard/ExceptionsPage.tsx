import { useState } from "react";
import {
  type AllowEntry,
  type Calibration,
  useAllowed,
  useCalibrate,
  useCalibration,
  useDisallow,
} from "@/api/guard";
import { useRights } from "@/api/session";
import { useScope } from "@/app/admission";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { ErrorState, Skeleton } from "@/components/States";
import { dateTime, percent } from "@/lib/format";
import { useNames } from "@/lib/names";
import { AllowForm } from "./AllowForm";
import { GuardTabs } from "./GuardTabs";
import styles from "./guard.module.css";

export function ExceptionsPage() {
  return (
    <>
      <PageHeader title="Exceptions" />
      <GuardTabs />
      <div className={styles.body}>
        <Allowed />
        <Thresholds />
      </div>
    </>
  );
}

function Allowed() {
  const found = useAllowed();
  const { rulesAll } = useRights();
  const [isAdding, setAdding] = useState(false);
  return (
    <section className={styles.panel} aria-label="Allow-list">
      <div className={styles.line}>
        <h2>Allow-list</h2>
        <span className={styles.dim}>What is no finding, though a detector sees it.</span>
        <span className={styles.push}>
          {rulesAll && (
            <Button icon="plus" isSmall onClick={() => setAdding(true)} disabled={isAdding}>
              Add
            </Button>
          )}
        </span>
      </div>
      {isAdding && (
        <AllowForm
          initial={{ kind: "value", value: "", detector: "", finding_kind: "" }}
          onDone={() => setAdding(false)}
        />
      )}
      {found.isPending && <Skeleton height={60} />}
      {found.isError && (
        <ErrorState title="It cannot be shown" error={found.error} onRetry={found.refetch} />
      )}
      {found.data?.length === 0 && <p className={styles.dim}>Nothing is allowed.</p>}
      {found.data && found.data.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>What</th>
                <th>Value</th>
                <th>Detector</th>
                <th>Project</th>
                <th>Ends</th>
                <th>Note</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {found.data.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Entry({ entry }: { entry: AllowEntry }) {
  const nameOf = useNames();
  const { rulesAll } = useRights();
  const remove = useDisallow();
  const shown = entry.kind === "text" ? `${entry.value.slice(0, 12)}…` : entry.value;
  return (
    <tr>
      <td>{entry.kind}</td>
      <td>
        <code>{shown}</code>
      </td>
      <td>{[entry.detector, entry.finding_kind].filter(Boolean).join(": ") || "all"}</td>
      <td>{entry.project ? nameOf("project", entry.project) : "all"}</td>
      <td>
        {entry.is_expired ? (
          <Badge tone="warn">expired</Badge>
        ) : entry.expires_at ? (
          dateTime(new Date(entry.expires_at))
        ) : (
          "never"
        )}
      </td>
      <td>{entry.note}</td>
      <td className={styles.number}>
        {rulesAll && (
          <Button
            kind="ghost"
            icon="trash"
            isSmall
            aria-label={`Delete ${shown}`}
            disabled={remove.isPending}
            onClick={() => remove.mutate(entry.id)}
          />
        )}
      </td>
    </tr>
  );
}

function Thresholds() {
  const found = useCalibration();
  const nameOf = useNames();
  const { project } = useScope();
  return (
    <section className={styles.panel} aria-label="Thresholds from feedback">
      <div className={styles.line}>
        <h2>Thresholds from feedback</h2>
        <span className={styles.dim}>
          {project ? `Of the project ${nameOf("project", project)}.` : "Of the default project."}{" "}
          Nothing is applied by itself, and a threshold only ever raises.
        </span>
      </div>
      {found.isPending && <Skeleton height={60} />}
      {found.isError && (
        <ErrorState title="They cannot be shown" error={found.error} onRetry={found.refetch} />
      )}
      {found.data?.length === 0 && (
        <p className={styles.dim}>
          Nobody has judged a finding yet. Open one and say if it is right.
        </p>
      )}
      {found.data?.map((one) => (
        <Threshold key={one.detector} one={one} />
      ))}
    </section>
  );
}

function Threshold({ one }: { one: Calibration }) {
  const { rulesAll } = useRights();
  const calibrate = useCalibrate();
  const set = (threshold: number | null) => calibrate.mutate({ detector: one.detector, threshold });
  return (
    <article className={styles.rule} aria-label={`Threshold of ${one.detector}`}>
      <div className={styles.line}>
        <h3>{one.detector}</h3>
        <Badge tone="good">{one.true} right</Badge>
        <Badge tone="warn">{one.false} wrong</Badge>
        {one.applied !== null && <Badge tone="accent">applied: {one.applied}</Badge>}
        <span className={styles.push}>
          {rulesAll && one.proposed !== null && one.proposed !== one.applied && (
            <Button
              isSmall
              kind="primary"
              disabled={calibrate.isPending}
              onClick={() => set(one.proposed)}
            >
              Apply {one.proposed}
            </Button>
          )}{" "}
          {rulesAll && one.applied !== null && (
            <Button isSmall disabled={calibrate.isPending} onClick={() => set(null)}>
              Withdraw
            </Button>
          )}
        </span>
      </div>
      <p className={styles.dim}>
        {one.reason}
        {one.kept_true !== null &&
          ` ${percent(one.kept_true, 0)} of the true findings would still be told.`}
      </p>
      <Points points={one.points} />
    </article>
  );
}

/** Right and wrong findings at or above each threshold. */
function Points({ points }: { points: Calibration["points"] }) {
  const shown = points.filter(([threshold]) => threshold >= 0.5);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>From</th>
            {shown.map(([threshold]) => (
              <th key={threshold} className={styles.number}>
                {threshold.toFixed(2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>right</td>
            {shown.map(([threshold, right]) => (
              <td key={threshold} className={styles.number}>
                {right}
              </td>
            ))}
          </tr>
          <tr>
            <td>wrong</td>
            {shown.map(([threshold, , wrong]) => (
              <td key={threshold} className={styles.number}>
                {wrong}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
