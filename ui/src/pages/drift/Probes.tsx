import { useState } from "react";
import type { ProbeKept } from "@/api/model";
import { useProbes } from "@/api/probes";
import { useMayHere } from "@/api/rights";
import { Button } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import styles from "./DriftPage.module.css";
import { ProbeCard } from "./ProbeCard";
import { ProbeForm } from "./ProbeForm";
import { ProbeRuns } from "./ProbeRuns";

/** Prompts that are sent on a schedule. */
export function Probes() {
  const probes = useProbes();
  const mayManage = useMayHere("alerts.manage");
  const [edited, setEdited] = useState<ProbeKept | "new" | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  if (probes.isPending) {
    return (
      <div aria-busy="true" className={styles.list}>
        <Skeleton height={88} />
        <Skeleton height={88} />
      </div>
    );
  }
  if (!probes.data) {
    return (
      <ErrorState
        title="The probes cannot be loaded"
        error={probes.error}
        onRetry={probes.refetch}
      />
    );
  }
  return (
    <>
      {mayManage && (
        <div className={styles.tools}>
          <Button kind="primary" icon="plus" onClick={() => setEdited("new")}>
            New probe
          </Button>
        </div>
      )}
      {probes.data.items.length === 0 ? (
        <Empty icon="drift" title="Nothing is asked yet">
          <p>A probe asks models a question with a known answer, again and again.</p>
        </Empty>
      ) : (
        <ul className={styles.list} aria-label="Probes">
          {probes.data.items.map((one) => (
            <ProbeCard
              key={one.probe.name}
              kept={one}
              mayManage={mayManage}
              onEdit={() => setEdited(one)}
              onRuns={() => setShown(one.probe.name)}
            />
          ))}
        </ul>
      )}
      {edited && (
        <ProbeForm seen={edited === "new" ? undefined : edited} onClose={() => setEdited(null)} />
      )}
      {shown && <ProbeRuns name={shown} onClose={() => setShown(null)} />}
    </>
  );
}
