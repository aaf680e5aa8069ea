import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { apiUrl } from "@/api/http";
import type { AuditEntry } from "@/api/model";
import { Badge, type Tone } from "@/components/Badge";
import { Icon } from "@/components/Icon";
import { JsonTree } from "@/components/JsonTree";
import { cx } from "@/lib/cx";
import { dateTime } from "@/lib/format";
import styles from "./AuditPage.module.css";

const TONES: Record<string, Tone> = { refused: "warn", failed: "bad", unknown: "warn" };

/** One entry: who did what to what; opened, all it says. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className={styles.entry}>
      <button
        type="button"
        className={styles.row}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="right" className={cx(styles.caret, isOpen && styles.open)} />
        <time className={styles.time} dateTime={entry.time}>
          {dateTime(new Date(entry.time))}
        </time>
        <span className={styles.action}>{entry.action}</span>
        <span className={styles.actor}>{actorOf(entry)}</span>
        <span className={styles.target}>{targetOf(entry)}</span>
        <span className={styles.outcome}>
          {entry.outcome !== "done" && (
            <Badge tone={TONES[entry.outcome] ?? "neutral"}>{entry.outcome}</Badge>
          )}
        </span>
      </button>
      {isOpen && <Details entry={entry} />}
    </li>
  );
}

function Details({ entry }: { entry: AuditEntry }) {
  const traceId = entry.target.kind === "call" ? entry.target.id.split("/")[0] : undefined;
  const facts: [string, string][] = [
    ["Entry", entry.id],
    ["Organization", entry.organization],
    ["Project", entry.project],
    ["Address", entry.actor.address ?? ""],
    ["Hash", entry.hash],
    ["Erased", (entry.erased ?? []).join(", ")],
  ];
  const hasPersonal = Object.keys(entry.personal).length > 0;
  return (
    <div className={styles.details}>
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {Object.keys(entry.details).length > 0 && <JsonTree value={entry.details} depth={3} />}
      {hasPersonal && (
        <>
          <h3>Personal values</h3>
          <JsonTree value={entry.personal} depth={3} />
        </>
      )}
      <div className={styles.links}>
        {traceId && (
          <Link to="/traces/$traceId" params={{ traceId }}>
            The call
          </Link>
        )}
        <a href={apiUrl(`/audit/${encodeURIComponent(entry.id)}/proof`)} download="proof.json">
          Proof
        </a>
      </div>
    </div>
  );
}

function actorOf(entry: AuditEntry): string {
  const { kind, id, name } = entry.actor;
  return name ? `${name} (${kind})` : id ? `${kind} ${id}` : kind;
}

function targetOf(entry: AuditEntry): string {
  return `${entry.target.kind} ${entry.target.id}`.trim();
}
