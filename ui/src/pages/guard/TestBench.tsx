import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  isUnderWay,
  type Policy,
  type Replay,
  stopReplay,
  useReplay,
  useStartReplay,
} from "@/api/policies";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { SelectField } from "@/components/Field";
import { count } from "@/lib/format";
import styles from "./guard.module.css";
import { Preview } from "./Preview";

const RANGES = [
  { value: "now-24h", label: "the last 24 hours" },
  { value: "now-7d", label: "the last 7 days" },
  { value: "now-30d", label: "the last 30 days" },
] as const;
const MOST = 5_000;

/** A policy on a text, and on what was recorded. */
export function TestBench({ policy }: { policy: Policy }) {
  const [begin, setBegin] = useState<(typeof RANGES)[number]["value"]>("now-7d");
  const start = useStartReplay();
  const replay = useReplay(start.data?.id);
  const state = replay.data ?? start.data;
  return (
    <section className={styles.panel} aria-label="Try it">
      <h2>Try it</h2>
      <Preview policy={policy} />
      <h3>On recorded calls</h3>
      <div className={styles.line}>
        <SelectField label="Calls of" value={begin} options={RANGES} onChange={setBegin} />
        <Button
          disabled={start.isPending || isUnderWay(state)}
          onClick={() => start.mutate({ policy, begin, most: MOST })}
        >
          Replay
        </Button>
        {state && isUnderWay(state) && (
          <Button onClick={() => void stopReplay(state.id)}>Stop</Button>
        )}
      </div>
      {start.isError && <p className={styles.problem}>{start.error.message}</p>}
      {replay.isError && <p className={styles.problem}>{replay.error.message}</p>}
      {state && <Shown replay={state} />}
    </section>
  );
}

function Shown({ replay }: { replay: Replay }) {
  const { calls, texts, changed, most, without_text } = replay;
  const share = replay.status === "done" ? 100 : Math.min(100, (calls / most) * 100);
  return (
    <div aria-live="polite" className={styles.rule}>
      <div className={styles.bar} aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </div>
      <p className={styles.dim}>
        {replay.status}: {count(calls)} calls, {count(texts)} texts; {count(changed)} calls would
        have ended otherwise.
        {without_text > 0 && ` ${count(without_text)} have no texts.`}
        {replay.stopped_early && ` Not all was looked at: ${replay.stopped_early}.`}
        {replay.error && ` ${replay.error}`}
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Rule</th>
              <th className={styles.number}>Calls</th>
              <th className={styles.number}>New</th>
              <th className={styles.number}>Hits</th>
              <th>Mostly</th>
            </tr>
          </thead>
          <tbody>
            {replay.rules.map((rule) => (
              <tr key={rule.rule}>
                <td>{rule.rule}</td>
                <td className={styles.number}>{count(rule.calls)}</td>
                <td className={styles.number}>{count(rule.new_calls)}</td>
                <td className={styles.number}>{count(rule.hits)}</td>
                <td>
                  {Object.entries(rule.kinds)
                    .slice(0, 3)
                    .map(([kind, hits]) => `${kind || "score"} ${hits}`)
                    .join(", ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Samples replay={replay} />
    </div>
  );
}

/** Hits to look at for false positives, the least sure first. */
function Samples({ replay }: { replay: Replay }) {
  const samples = replay.rules.flatMap((rule) =>
    rule.samples.slice(0, 8).map((sample) => ({ rule: rule.rule, ...sample })),
  );
  if (samples.length === 0) return null;
  return (
    <>
      <h3>To look at: are these right?</h3>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Rule</th>
              <th className={styles.number}>Score</th>
              <th>Text</th>
              <th>Judged</th>
              <th>Call</th>
            </tr>
          </thead>
          <tbody>
            {samples.map((one) => (
              <tr key={`${one.rule} ${one.trace_id} ${one.span_id} ${one.kind} ${one.start}`}>
                <td>
                  {one.rule} {one.is_new && <Badge tone="accent">new</Badge>}
                </td>
                <td className={styles.number}>{one.score.toFixed(2)}</td>
                <td className={styles.dim}>
                  {one.before.slice(-40)}
                  <mark>{one.found || one.kind}</mark>
                  {one.after.slice(0, 40)}
                </td>
                <td>{one.said === null ? "–" : one.said ? "right" : "wrong"}</td>
                <td>
                  <Link to="/traces/$traceId" params={{ traceId: one.trace_id }}>
                    {one.trace_id.slice(0, 8)}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
