import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/http";
import { useIssueToken } from "@/api/me";
import type { Permission } from "@/api/model";
import { useRights } from "@/api/session";
import { fieldError } from "@/components/allowance/draft";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { SelectField, TextField } from "@/components/Field";
import { Refusal } from "@/components/Form";
import { Secret } from "@/components/Secret";
import { Toggles } from "@/components/Toggles";
import { PERMISSIONS } from "@/pages/members/words";
import styles from "./profile.module.css";

const DAY_S = 86_400;
const ENDS = [
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "", label: "Never" },
] as const;
type End = (typeof ENDS)[number]["value"];

/** What a new token is for; then the token, this once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const issue = useIssueToken();
  return (
    <Dialog title={issue.data ? "The new token" : "New personal token"} onClose={onClose}>
      {issue.data ? (
        <div className={styles.stack}>
          <p>Keep it well: it is not shown again, and only its hash is stored.</p>
          <Secret text={issue.data.text} label="Copy the token" />
          <div className={styles.foot}>
            <Button kind="primary" onClick={onClose}>
              I have it
            </Button>
          </div>
        </div>
      ) : (
        <TokenForm issue={issue} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface TokenFormProps {
  issue: ReturnType<typeof useIssueToken>;
  onClose: () => void;
}

function TokenForm({ issue, onClose }: TokenFormProps) {
  const { somewhere } = useRights();
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState<Permission[]>([]);
  const [end, setEnd] = useState<End>("90");
  const errors = issue.error instanceof ApiError ? issue.error.fields : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && !issue.isPending)
      issue.mutate({
        name: name.trim(),
        permissions,
        expires_in_s: end === "" ? null : Number(end) * DAY_S,
      });
  };
  return (
    <form className={styles.stack} onSubmit={submit} aria-label="Token" noValidate>
      <TextField
        label="Name"
        value={name}
        placeholder="ci"
        error={fieldError(errors, "name")}
        isFirst
        onChange={setName}
      />
      <SelectField<End> label="Ends" value={end} options={ENDS} onChange={setEnd} />
      <Toggles
        label="May do"
        options={PERMISSIONS.filter(somewhere)}
        chosen={permissions}
        onChange={setPermissions}
      />
      {permissions.length === 0 && <p className={styles.note}>None chosen: all that you may do.</p>}
      {issue.error && <Refusal error={issue.error} />}
      <div className={styles.foot}>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={!name.trim() || issue.isPending}>
          Make the token
        </Button>
      </div>
    </form>
  );
}
