import { Link } from "@tanstack/react-router";
import type { ExplainedTarget, Explanation } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Icon } from "@/components/Icon";
import { StateBadge } from "@/components/StateBadge";
import { cx } from "@/lib/cx";
import { duration, percent } from "@/lib/format";
import styles from "./DryRun.module.css";
import { strategyLabel } from "./words";

export function ExplanationView({ explanation }: { explanation: Explanation }) {
  return (
    <div className={styles.explanation}>
      {explanation.error && (
        <p className={styles.refused} role="alert">
          The client would get an error: {explanation.error}
        </p>
      )}
      <Resolution explanation={explanation} />
      {explanation.targets.length > 0 && (
        <div>
          <h3>{explanation.error ? "Targets" : "In this order"}</h3>
          <p className={styles.reason}>{reasonOf(explanation)}</p>
          <ol className={styles.targets}>
            {explanation.targets.map((target, index) => (
              <TargetRow
                // biome-ignore lint/suspicious/noArrayIndexKey: targets may repeat
                key={index}
                target={target}
                hasShares={explanation.targets.length > 1}
              />
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

function reasonOf({ reason, attempts, on_break, hedge_after_s, strategy }: Explanation): string {
  const parts = [strategy ? `${strategyLabel(strategy)}: ${reason}` : reason];
  if (attempts > 1) parts.push(`There may be ${attempts} attempts.`);
  if (hedge_after_s != null)
    parts.push(`Without output after ${hedge_after_s} s the next target is asked as well.`);
  if (on_break === "continue")
    parts.push("If a stream breaks off, the next target goes on from what was delivered.");
  if (on_break === "restart") parts.push("If a stream breaks off, the next target answers anew.");
  return parts.join(" ");
}

function Resolution({ explanation }: { explanation: Explanation }) {
  return (
    <div>
      <h3>How the name is understood</h3>
      <ol className={styles.steps}>
        {explanation.resolution.map((step) => (
          <li key={step.rule} className={cx(step.matched && styles.matched)}>
            <Icon name={step.matched ? "check" : "close"} width={13} height={13} />
            <span>{step.text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function TargetRow({ target, hasShares }: { target: ExplainedTarget; hasShares: boolean }) {
  return (
    <li className={cx(styles.target, !target.fits && styles.left)}>
      <span className={styles.position}>{target.position ?? "–"}</span>
      <div className={styles.what}>
        <div className={styles.line}>
          <Link to="/providers/$name" params={{ name: target.provider }} className={styles.name}>
            <b>{target.provider}</b>/{target.model || "…"}
          </Link>
          <StateBadge health={target.health} />
          <Dialect target={target} />
        </div>
        {target.why_not && <p className={styles.dim}>Not asked: {target.why_not}.</p>}
        {target.note && <p className={styles.dim}>{target.note}</p>}
        {figuresOf(target) && <p className={styles.dim}>{figuresOf(target)}</p>}
        {hasShares && target.fits && (
          <div className={styles.share} title="How often it is asked first">
            <i>
              <b style={{ width: `${target.first_share * 100}%` }} />
            </i>
            <span>asked first: {percent(target.first_share, 0)}</span>
          </div>
        )}
      </div>
    </li>
  );
}

function Dialect({ target }: { target: ExplainedTarget }) {
  if (!target.dialect) return <Badge tone="bad">cannot answer such a call</Badge>;
  return target.translated ? (
    <Badge tone="violet" title="Request and answer are translated">
      translated to {target.dialect}
    </Badge>
  ) : (
    <Badge title="The bytes pass as they are">passed through</Badge>
  );
}

function figuresOf({ health }: ExplainedTarget): string {
  const parts = [
    health.expected_ms != null && `answers in about ${duration(health.expected_ms)}`,
    Boolean(health.in_flight) &&
      `${health.in_flight} ${health.in_flight === 1 ? "call" : "calls"} under way`,
  ];
  return parts.filter(Boolean).join(", ");
}
