import { useState } from "react";
import { useChangeBaseline, useDriftBoard } from "@/api/drift";
import type { WatchedBaseline } from "@/api/model";
import { useMayHere } from "@/api/rights";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { ago, count } from "@/lib/format";
import { BaselineForm } from "./BaselineForm";
import styles from "./DriftPage.module.css";

/** From here on the bar warns. */
const NEAR = 0.6;

/** Baselines, and how near to an alarm the calls since are. */
export function Watched() {
  const board = useDriftBoard();
  const mayWrite = useMayHere("calls.write");
  const [isMaking, setMaking] = useState(false);
  if (board.isPending) {
    return (
      <div aria-busy="true" className={styles.list}>
        <Skeleton height={72} />
        <Skeleton height={72} />
      </div>
    );
  }
  if (!board.data) {
    return (
      <ErrorState title="Drift cannot be loaded" error={board.error} onRetry={board.refetch} />
    );
  }
  const { baselines, left_out } = board.data;
  return (
    <>
      <div className={styles.tools}>
        {left_out > 0 && (
          <span className={styles.dim}>{count(left_out)} calls were not looked at</span>
        )}
        {mayWrite && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            New baseline
          </Button>
        )}
      </div>
      {baselines.length === 0 ? (
        <Empty icon="drift" title="Nothing is watched yet">
          <p>Each model that is called is watched by itself: its first calls are its baseline.</p>
        </Empty>
      ) : (
        <ul className={styles.list} aria-label="Baselines">
          {baselines.map((one) => (
            <BaselineCard key={one.name} baseline={one} />
          ))}
        </ul>
      )}
      {isMaking && <BaselineForm onClose={() => setMaking(false)} />}
    </>
  );
}

function BaselineCard({ baseline }: { baseline: WatchedBaseline }) {
  const change = useChangeBaseline();
  const mayWrite = useMayHere("calls.write");
  const title = baseline.is_automatic ? baseline.model : baseline.name;
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{title}</h2>
        <Badge tone={baseline.is_automatic ? "neutral" : "info"}>
          {baseline.is_automatic ? "automatic" : baseline.kind}
        </Badge>
        {!baseline.is_automatic && baseline.model && <Badge>{baseline.model}</Badge>}
        {baseline.route && <Badge>route {baseline.route}</Badge>}
        {mayWrite && (
          <span className={styles.push}>
            {!baseline.is_automatic && baseline.kind === "rolling" && (
              <Button
                isSmall
                disabled={change.isPending}
                onClick={() => change.mutate({ name: baseline.name, as: "freeze" })}
              >
                Freeze
              </Button>
            )}
            <Button
              kind="ghost"
              isSmall
              disabled={change.isPending}
              onClick={() => change.mutate({ name: baseline.name, as: "delete" })}
            >
              {baseline.is_automatic ? "Begin anew" : "Delete"}
            </Button>
          </span>
        )}
      </div>
      <Nearness baseline={baseline} />
      <p className={styles.dim}>
        {baseline.is_ready
          ? `${count(baseline.calls)} calls watched against ${count(baseline.filled)}`
          : `filling: ${count(baseline.filled)} of ${count(baseline.size)} calls`}
        {baseline.last_time && `, last call ${ago(new Date(baseline.last_time), new Date())}`}
        {baseline.versions.length > 0 && `, answered as ${baseline.versions.join(", ")}`}
      </p>
      {change.error && (
        <p className={styles.problem} role="alert">
          {change.error.message}
        </p>
      )}
    </li>
  );
}

/** Evidence grows by factors: the bar is its logarithm, full is an alarm. */
function Nearness({ baseline }: { baseline: WatchedBaseline }) {
  const share = baseline.is_ready
    ? Math.max(0, 1 + Math.log10(Math.max(baseline.nearness, 1e-5)) / 5)
    : baseline.filled / baseline.size;
  const label = baseline.is_ready ? "Evidence of a change" : "Baseline filled";
  return (
    <div className={styles.bar} data-kind={kindOf(baseline, share)}>
      <meter className={styles.meter} aria-label={label} min={0} max={1} value={share} />
      <i style={{ width: `${share * 100}%` }} aria-hidden="true" />
    </div>
  );
}

function kindOf(baseline: WatchedBaseline, share: number): string {
  if (!baseline.is_ready) return "fill";
  return share > NEAR ? "near" : "calm";
}
