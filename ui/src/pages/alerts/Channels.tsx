import { useState } from "react";
import { useChannels, useDeleteOf, useTestChannel } from "@/api/alerts";
import type { ChannelKept } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { DeleteButton } from "@/components/DeleteButton";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import styles from "./AlertsPage.module.css";
import { ChannelForm } from "./ChannelForm";

/** Who can be told. */
export function Channels() {
  const channels = useChannels();
  const [edited, setEdited] = useState<ChannelKept | "new" | null>(null);
  if (channels.isPending) {
    return (
      <div aria-busy="true" className={styles.list}>
        <Skeleton height={64} />
      </div>
    );
  }
  if (!channels.data) {
    return (
      <ErrorState
        title="The channels cannot be loaded"
        error={channels.error}
        onRetry={channels.refetch}
      />
    );
  }
  return (
    <>
      <div className={styles.tools}>
        <Button kind="primary" icon="plus" onClick={() => setEdited("new")}>
          New channel
        </Button>
      </div>
      {channels.data.items.length === 0 ? (
        <Empty icon="bell" title="Nobody can be told yet">
          <p>Add Slack, Teams, PagerDuty, mail or a webhook of your own.</p>
        </Empty>
      ) : (
        <ul className={styles.list} aria-label="Channels">
          {channels.data.items.map((kept) => (
            <ChannelCard key={kept.id} kept={kept} onEdit={() => setEdited(kept)} />
          ))}
        </ul>
      )}
      {edited && (
        <ChannelForm
          seen={edited === "new" ? undefined : edited}
          kinds={channels.data.kinds}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function ChannelCard({ kept, onEdit }: { kept: ChannelKept; onEdit: () => void }) {
  const { channel } = kept;
  const remove = useDeleteOf("alert-channels");
  const test = useTestChannel();
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{channel.name}</h2>
        <Badge tone="info">{channel.kind}</Badge>
        {channel.enabled === false && <Badge tone="warn">off</Badge>}
        <span className={styles.push}>
          <Button isSmall disabled={test.isPending} onClick={() => test.mutate(kept.id)}>
            Send a test
          </Button>
          <Button isSmall icon="edit" onClick={onEdit}>
            Edit
          </Button>
          <DeleteButton
            what={`channel ${channel.name}`}
            remove={remove}
            with={{ id: kept.id, version: kept.version }}
          >
            Messages that wait for it are dropped.
          </DeleteButton>
        </span>
      </div>
      <p className={styles.dim}>
        {Object.entries(channel.options ?? {})
          .filter(([, value]) => value)
          .map(([name, value]) => `${name}: ${value}`)
          .join(", ")}
      </p>
      <p aria-live="polite" className={styles.dim}>
        {test.data && (test.data.delivered ? "Delivered." : `Not delivered: ${test.data.detail}`)}
        {test.error?.message}
      </p>
    </li>
  );
}
