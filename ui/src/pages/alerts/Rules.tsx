import { useState } from "react";
import { useAlertRules, useChannels, useDeleteOf } from "@/api/alerts";
import type { AlertRuleKept } from "@/api/model";
import { useMayHere } from "@/api/rights";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { DeleteButton } from "@/components/DeleteButton";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import styles from "./AlertsPage.module.css";
import { wordsOf } from "./draft";
import { RuleForm } from "./RuleForm";

/** What is watched. */
export function Rules() {
  const rules = useAlertRules();
  const mayManage = useMayHere("alerts.manage");
  const channels = useChannels(mayManage);
  const [edited, setEdited] = useState<AlertRuleKept | "new" | null>(null);
  if (!rules.data || (mayManage && !channels.data)) {
    const error = rules.error ?? channels.error;
    return error ? (
      <ErrorState
        title="The rules cannot be loaded"
        error={error}
        onRetry={() => {
          void rules.refetch();
          void channels.refetch();
        }}
      />
    ) : (
      <div aria-busy="true" className={styles.list}>
        <Skeleton height={64} />
        <Skeleton height={64} />
      </div>
    );
  }
  const names = (channels.data?.items ?? []).map((one) => one.channel.name);
  return (
    <>
      {mayManage && (
        <div className={styles.tools}>
          <Button kind="primary" icon="plus" onClick={() => setEdited("new")}>
            New rule
          </Button>
        </div>
      )}
      {rules.data.items.length === 0 ? (
        <Empty icon="bell" title="Nothing is watched yet">
          <p>
            A rule looks at a number, such as the share of errors or the cost of an hour, and tells
            your channels when it is not as it should be.
          </p>
        </Empty>
      ) : (
        <ul className={styles.list} aria-label="Rules">
          {rules.data.items.map((kept) => (
            <RuleCard
              key={kept.id}
              kept={kept}
              onEdit={mayManage ? () => setEdited(kept) : undefined}
            />
          ))}
        </ul>
      )}
      {edited && (
        <RuleForm
          seen={edited === "new" ? undefined : edited}
          metrics={rules.data.metrics}
          channels={names}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function RuleCard({ kept, onEdit }: { kept: AlertRuleKept; onEdit: (() => void) | undefined }) {
  const { rule } = kept;
  const remove = useDeleteOf("alert-rules");
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{rule.name}</h2>
        <Badge tone="info">{rule.severity}</Badge>
        {rule.enabled === false && <Badge tone="warn">off</Badge>}
        {onEdit && (
          <span className={styles.push}>
            <Button isSmall icon="edit" onClick={onEdit}>
              Edit
            </Button>
            <DeleteButton
              what={`rule ${rule.name}`}
              remove={remove}
              with={{ id: kept.id, version: kept.version }}
            >
              Its open alerts end.
            </DeleteButton>
          </span>
        )}
      </div>
      <p className={styles.summary}>{wordsOf(rule)}</p>
      <p className={styles.dim}>
        {rule.channels?.length ? `tells ${rule.channels.join(", ")}` : "tells nobody"}
      </p>
    </li>
  );
}
