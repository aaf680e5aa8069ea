import { useState } from "react";
import { type PolicySummary, useChangePolicy } from "@/api/policies";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import styles from "./guard.module.css";

interface PublishFormProps {
  summary: PolicySummary;
  onClose: () => void;
}

/** Let the newest version hold: for all calls, or for a share of them. */
export function PublishForm({ summary, onClose }: PublishFormProps) {
  const [share, setShare] = useState("100");
  const change = useChangePolicy(summary.name);
  const percent = Number(share);
  const isRight = percent > 0 && percent <= 100;
  return (
    <Dialog title={`Publish version ${summary.latest}`} onClose={onClose}>
      <form
        className={styles.rule}
        onSubmit={(event) => {
          event.preventDefault();
          const body = { version: summary.latest, share: percent };
          change.mutate({ what: "publish", body }, { onSuccess: onClose });
        }}
      >
        <TextField
          label="Percent of the calls"
          hint={
            summary.live
              ? `Below 100 the others go on with version ${summary.live}; a session stays on its side.`
              : "Below 100 the others go on without it; a session stays on its side."
          }
          value={share}
          onChange={setShare}
          inputMode="decimal"
          error={isRight ? undefined : "above 0, at most 100"}
          isFirst
        />
        {change.isError && <p className={styles.problem}>{change.error.message}</p>}
        <div className={styles.line}>
          <Button type="submit" kind="primary" disabled={!isRight || change.isPending}>
            Publish
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
