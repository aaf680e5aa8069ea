import { useState } from "react";
import { type AlertState, useAlerts, useHandleAlert } from "@/api/alerts";
import type { Alert, Severity } from "@/api/model";
import { useMayHere } from "@/api/rights";
import { Badge, type Tone } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { ago, dateTime } from "@/lib/format";
import styles from "./AlertsPage.module.css";

const TONES: Record<Severity, Tone> = { info: "info", warning: "warn", critical: "bad" };

/** What is open, or what was; the newest first. */
export function Inbox({ state }: { state: AlertState }) {
  const alerts = useAlerts(state);
  if (alerts.isPending) {
    return (
      <div aria-busy="true" className={styles.list}>
        <Skeleton height={84} />
        <Skeleton height={84} />
      </div>
    );
  }
  if (!alerts.data) {
    return (
      <ErrorState
        title="The alerts cannot be loaded"
        error={alerts.error}
        onRetry={alerts.refetch}
      />
    );
  }
  if (alerts.data.items.length === 0) {
    return state === "firing" ? (
      <Empty icon="check" title="Nothing is wrong">
        <p>No rule sees anything. Under Rules you say what is watched.</p>
      </Empty>
    ) : (
      <Empty icon="bell" title="No alerts yet">
        <p>What is over is kept here for a while.</p>
      </Empty>
    );
  }
  return (
    <ul className={styles.list} aria-label={state === "firing" ? "Open alerts" : "Past alerts"}>
      {alerts.data.items.map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
    </ul>
  );
}

function AlertCard({ alert }: { alert: Alert }) {
  const isOpen = alert.state === "firing";
  const mayManage = useMayHere("alerts.manage");
  return (
    <li className={styles.card} data-severity={isOpen ? alert.severity : undefined}>
      <div className={styles.head}>
        <Badge tone={TONES[alert.severity]} hasDot>
          {alert.severity}
        </Badge>
        <h2>{alert.rule}</h2>
        {alert.group && <Badge>{alert.group}</Badge>}
        {isOpen && alert.acknowledged_time && (
          <Badge tone="accent">
            acknowledged{alert.acknowledged_by ? ` by ${alert.acknowledged_by}` : ""}
          </Badge>
        )}
        <span className={styles.when} title={dateTime(new Date(alert.started_time))}>
          {ago(new Date(alert.started_time), new Date())}
          {alert.resolved_time && `, over ${ago(new Date(alert.resolved_time), new Date())}`}
        </span>
      </div>
      <p className={styles.summary}>{alert.summary}</p>
      {alert.note && <p className={styles.dim}>{alert.note}</p>}
      <div className={styles.foot}>
        <Told alert={alert} />
        {alert.link && (
          <a href={alert.link} target="_blank" rel="noreferrer noopener" className={styles.link}>
            What to do
          </a>
        )}
        {isOpen && mayManage && <Handle alert={alert} />}
      </div>
    </li>
  );
}

function Told({ alert }: { alert: Alert }) {
  if (alert.told.length === 0) return <span className={styles.dim}>nobody was told</span>;
  return (
    <ul className={styles.told} aria-label="Who was told">
      {alert.told.map((told) => (
        <li
          key={`${told.time} ${told.channel}`}
          title={told.detail || dateTime(new Date(told.time))}
        >
          <Badge tone={told.ok ? "good" : "bad"}>
            {told.channel}: {told.ok ? told.happening : "not delivered"}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function Handle({ alert }: { alert: Alert }) {
  const handle = useHandleAlert();
  const [note, setNote] = useState("");
  return (
    <form
      className={styles.handle}
      onSubmit={(event) => {
        event.preventDefault();
        handle.mutate({ id: alert.id, as: "acknowledge", note });
      }}
    >
      {!alert.acknowledged_time && (
        <>
          <input
            className={styles.note}
            aria-label={`Note on ${alert.rule}`}
            placeholder="note"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button type="submit" isSmall disabled={handle.isPending}>
            Acknowledge
          </Button>
        </>
      )}
      <Button
        isSmall
        disabled={handle.isPending}
        onClick={() => handle.mutate({ id: alert.id, as: "resolve", note: note || alert.note })}
      >
        Resolve
      </Button>
      {handle.error && (
        <span className={styles.problem} role="alert">
          {handle.error.message}
        </span>
      )}
    </form>
  );
}
