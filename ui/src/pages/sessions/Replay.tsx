import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useReplay } from "@/api/groups";
import type { Message, ReplayStep } from "@/api/model";
import { Badge, StatusDot } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { asMessages, pairChat } from "@/lib/chat";
import { count, duration, money } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Entry } from "@/pages/trace/Conversation";
import styles from "./Replay.module.css";

/** A step lasts as long as it did, within these bounds, shortened by the speed. */
const LEAST_MS = 400;
const MOST_MS = 4_000;
const SPEEDS = [1, 2, 4] as const;

/** The session step by step, by hand or by itself. */
export function Replay({ sessionId }: { sessionId: string }) {
  const replay = useReplay(sessionId);
  if (replay.error) {
    return (
      <ErrorState
        title="The replay cannot be loaded"
        error={replay.error}
        onRetry={replay.refetch}
      />
    );
  }
  if (!replay.data) return <Skeleton height={240} />;
  const { steps } = replay.data;
  if (steps.length === 0) {
    return (
      <Empty icon="sessions" title="Nothing to replay">
        <p>This session has no model or tool calls.</p>
      </Empty>
    );
  }
  return <Player key={sessionId} steps={steps} isWhole={replay.data.complete} />;
}

function Player({ steps, isWhole }: { steps: readonly ReplayStep[]; isWhole: boolean }) {
  const [at, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1);
  const shown = useRef<HTMLDivElement>(null);
  const last = steps.length - 1;
  const go = (next: number) => setAt(Math.max(0, Math.min(last, next)));
  const play = () => {
    if (!isPlaying && at === last) setAt(0);
    setPlaying(!isPlaying);
  };
  const step = steps[at];
  useEffect(() => {
    if (!isPlaying) return;
    if (at >= last) {
      setPlaying(false);
      return;
    }
    const length = Math.min(MOST_MS, Math.max(LEAST_MS, steps[at]?.duration_ms ?? 0));
    const timer = setTimeout(() => setAt(at + 1), length / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, at, last, speed, steps]);
  const before = useRef(at);
  useEffect(() => {
    // The page begins at its top, not at the first step.
    if (before.current === at) return;
    before.current = at;
    shown.current?.querySelector(`[data-step="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  useKeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    ArrowRight: () => go(at + 1),
    ArrowLeft: () => go(at - 1),
    Home: () => go(0),
    End: () => go(last),
    " ": play,
  });
  if (!step) return null;
  return (
    <div className={styles.player}>
      <div className={styles.controls} role="toolbar" aria-label="Replay">
        <Button
          icon="left"
          aria-label="Step back (k)"
          disabled={at === 0}
          onClick={() => go(at - 1)}
        />
        <Button icon={isPlaying ? "pause" : "play"} kind="primary" onClick={play}>
          {isPlaying ? "Pause" : "Play"}
        </Button>
        <Button
          icon="right"
          aria-label="Step on (j)"
          disabled={at === last}
          onClick={() => go(at + 1)}
        />
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-label="Step"
          aria-valuetext={`Step ${at + 1} of ${steps.length}`}
          onChange={(event) => go(Number(event.target.value))}
        />
        <span className={styles.count}>
          {at + 1} / {steps.length}
        </span>
        <Button
          kind="ghost"
          aria-label={`Speed ${speed}. Change`}
          onClick={() => setSpeed(SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1)}
        >
          {speed}×
        </Button>
      </div>
      <div className={styles.columns}>
        <div className={styles.steps} ref={shown}>
          {steps.slice(0, at + 1).map((each, index) => (
            <Step
              key={`${each.trace_id} ${each.span_id}`}
              step={each}
              index={index}
              isNow={index === at}
            />
          ))}
        </div>
        <State step={step} isWhole={isWhole} />
      </div>
    </div>
  );
}

function Step({ step, index, isNow }: { step: ReplayStep; index: number; isNow: boolean }) {
  const entries = pairChat(heardAs(step), step.said, speaker(step));
  return (
    <section
      className={styles.step}
      data-step={index}
      data-now={isNow}
      aria-label={`Step ${index + 1}`}
    >
      <header>
        <Badge tone={step.kind === "tool" ? "violet" : "neutral"}>{step.kind}</Badge>
        <Link
          to="/traces/$traceId"
          params={{ traceId: step.trace_id }}
          search={{ span: step.span_id }}
        >
          {step.name || "unnamed"}
        </Link>
        {step.status === "error" && <StatusDot status={step.status} />}
        <small>
          turn {step.turn}, after {duration(step.offset_ms)}, {duration(step.duration_ms)}
        </small>
      </header>
      {entries.map((entry) => (
        <Entry key={entry.key} entry={entry} />
      ))}
      {step.error && <p className={styles.error}>{step.error}</p>}
      {!step.payload_included && <p>Too much to show here: open the span.</p>}
    </section>
  );
}

/** Plain text is what a tool was given, or what was asked. */
function heardAs(step: ReplayStep): Message[] {
  return asMessages(step.heard, step.kind === "tool" ? "arguments" : "user");
}

function speaker(step: ReplayStep): string {
  if (step.status === "error") return "error";
  return step.kind === "tool" || step.kind === "retriever" ? "result" : "assistant";
}

function State({ step, isWhole }: { step: ReplayStep; isWhole: boolean }) {
  const { state } = step;
  const rows: [string, string][] = [
    ["Turn", count(state.turns)],
    ["Model calls", count(state.calls)],
    ["Tool calls", count(state.tool_calls)],
    ["Failed", count(state.errors)],
    ["Tokens so far", count(state.tokens)],
    ["Cost so far", money(state.cost_usd)],
    ["Messages in context", count(state.messages)],
    ["Model", step.model ?? "–"],
  ];
  return (
    <aside className={styles.state} aria-label="State at this step">
      <h2>At this step</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!isWhole && <p>The session has more steps than are shown.</p>}
    </aside>
  );
}
