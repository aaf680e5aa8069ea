import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForgetUser } from "@/api/groups";
import type { Forgotten } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Copy } from "@/components/Copy";
import { Dialog } from "@/components/Dialog";
import { Figure, Table } from "@/components/Table";
import { count } from "@/lib/format";
import styles from "./ForgetUser.module.css";

const ROWS: readonly [keyof Forgotten["before"], string][] = [
  ["traces", "Traces"],
  ["spans", "Spans"],
  ["payloads", "Inputs and outputs"],
  ["findings", "Findings"],
  ["notes", "Scores, tags, comments"],
  ["ledger_rows", "Rows of the ledger with the name"],
  ["search_hits", "Found by their words"],
];

/** Deletes what is kept of a user, and shows the proof. */
export function ForgetUser({ userId }: { userId: string }) {
  const [isOpen, setOpen] = useState(false);
  const forget = useForgetUser(userId);
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await navigate({ to: "/users", search: {} });
    await client.resetQueries();
  };
  return (
    <div className={styles.line}>
      <Button icon="trash" onClick={() => setOpen(true)}>
        Forget this user…
      </Button>
      {forget.data ? (
        <Proof proof={forget.data} onClose={leave} />
      ) : (
        isOpen && (
          <Confirm
            title={`Forget ${userId}?`}
            action={forget.isPending ? "Deleting…" : "Delete everything"}
            isBusy={forget.isPending}
            error={forget.error}
            onConfirm={() => forget.mutate()}
            onClose={() => setOpen(false)}
          >
            <p>
              Every trace of this project in which a span names the user is deleted, with inputs,
              outputs, findings, scores and comments, down to the bytes on the disk. Rows of the
              ledger stay without the name. It cannot be taken back, and takes about a minute for a
              million spans.
            </p>
          </Confirm>
        )
      )}
    </div>
  );
}

function Proof({ proof, onClose }: { proof: Forgotten; onClose: () => void }) {
  return (
    <Dialog title="The user is forgotten" onClose={onClose}>
      <div className={styles.proof}>
        <p>
          {proof.verified ? (
            <Badge tone="good">verified: nothing is left</Badge>
          ) : (
            <Badge tone="bad">something is left: try again</Badge>
          )}
        </p>
        <Table
          label="What was kept"
          columns={[
            { label: "What" },
            { label: "Before", isFigure: true },
            { label: "After", isFigure: true },
          ]}
        >
          {ROWS.map(([name, label]) => (
            <tr key={name}>
              <td>{label}</td>
              <Figure>{count(proof.before[name])}</Figure>
              <Figure>{count(proof.after[name])}</Figure>
            </tr>
          ))}
        </Table>
        <div className={styles.foot}>
          <Copy text={JSON.stringify(proof, null, 2)} label="Copy the proof">
            Copy the proof
          </Copy>
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
