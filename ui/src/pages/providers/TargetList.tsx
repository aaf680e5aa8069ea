import { Link } from "@tanstack/react-router";
import type { ProviderDetail, Target } from "@/api/model";
import { StateBadge } from "@/components/StateBadge";
import { ago, clockTime, count, duration, percent } from "@/lib/format";
import { quotaText, timeIn } from "@/lib/targets";
import styles from "./ProviderPage.module.css";
import { StateStrip } from "./StateStrip";

/** Every model of the provider that routes lead to or that was called, with its last hour. */
export function TargetList({ detail }: { detail: ProviderDetail }) {
  const targets = detail.provider.targets ?? [];
  if (targets.length === 0) return null;
  return (
    <section className={styles.section} aria-label="Targets">
      <h2>Targets</h2>
      <ul className={styles.targets}>
        {targets.map((target) => (
          <TargetRow key={target.model} target={target} detail={detail} />
        ))}
      </ul>
      <div className={styles.axis} aria-hidden="true">
        <span>{clockTime(new Date(detail.start_time)).slice(0, 5)}</span>
        <span>now</span>
      </div>
    </section>
  );
}

function TargetRow({ target, detail }: { target: Target; detail: ProviderDetail }) {
  const requests = target.requests ?? 0;
  const timeline = target.timeline ?? [];
  const limits = quotaText(target.quotas ?? []);
  const rested = timeIn(timeline, "open");
  const end = new Date(Math.min(Date.parse(detail.end_time), Date.now()));
  return (
    <li className={styles.target}>
      <div className={styles.targetHead}>
        <b>{target.model || "calls without a model"}</b>
        <StateBadge
          health={{
            state: target.state ?? "unknown",
            cooldown_left_s: target.cooldown_left_s ?? null,
            last_error: target.last_error ?? null,
          }}
        />
        {(target.routes ?? []).map((name) => (
          <Link
            key={name}
            to="/routes"
            search={{ model: name }}
            className={styles.route}
            title={`Route ${name}`}
          >
            {name}
          </Link>
        ))}
        <span className={styles.push}>{sinceText(target)}</span>
      </div>
      <StateStrip timeline={timeline} from={new Date(detail.start_time)} to={end} />
      <p className={styles.dim}>
        {count(requests)} attempts
        {requests > 0 && ` · ${percent((target.errors ?? 0) / requests)} errors`}
        {target.latency_p50_ms != null && ` · p50 ${duration(target.latency_p50_ms)}`}
        {target.latency_p95_ms != null && ` · p95 ${duration(target.latency_p95_ms)}`}
        {target.ttft_p50_ms != null && ` · first token ${duration(target.ttft_p50_ms)}`}
        {Boolean(target.in_flight) && ` · ${target.in_flight} under way`}
        {limits && ` · ${limits}`}
        {rested > 0 && ` · rested ${duration(rested)} of the last hour`}
        {target.last_error && (
          <>
            {" · "}
            <span className={styles.bad}>
              {target.last_error}
              {target.last_error_time && ` ${ago(new Date(target.last_error_time), new Date())}`}
            </span>
          </>
        )}
      </p>
    </li>
  );
}

function sinceText(target: Target): string {
  if (!target.since || !target.state || target.state === "unknown") return "";
  return `since ${clockTime(new Date(target.since)).slice(0, 8)}`;
}
