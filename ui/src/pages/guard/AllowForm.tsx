import { type FormEvent, useState } from "react";
import { type AllowBody, useAllow } from "@/api/guard";
import { ApiError } from "@/api/http";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import styles from "./guard.module.css";

const KINDS = [
  { value: "value", label: "this value, in any case" },
  { value: "pattern", label: "a pattern (RE2), from end to end" },
  { value: "text", label: "a whole text (its hash is kept)" },
] as const;
const ENDS = [
  { value: "", label: "never" },
  { value: "7", label: "in 7 days" },
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
] as const;
const DAY_MS = 86_400_000;

interface AllowFormProps {
  initial: Pick<AllowBody, "kind" | "value"> & { detector: string; finding_kind: string };
  onDone: () => void;
}

/** One more entry of the allow-list. */
export function AllowForm({ initial, onDone }: AllowFormProps) {
  const [kind, setKind] = useState<AllowBody["kind"]>(initial.kind);
  const [value, setValue] = useState(initial.value);
  const [detector, setDetector] = useState(initial.detector);
  const [project, setProject] = useState("");
  const [days, setDays] = useState<(typeof ENDS)[number]["value"]>("30");
  const [note, setNote] = useState("");
  const allow = useAllow();
  const fields = allow.error instanceof ApiError ? allow.error.fields : [];
  const errorOf = (name: string) => fields.find((field) => field.name === name)?.expected;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ends = days ? new Date(Date.now() + Number(days) * DAY_MS).toISOString() : "";
    const body: AllowBody = { kind, value, detector, project, note, expires_at: ends };
    if (detector && detector === initial.detector) body.finding_kind = initial.finding_kind;
    allow.mutate(body, { onSuccess: onDone });
  };
  return (
    <form className={styles.rule} onSubmit={submit} aria-label="Allow" noValidate>
      <div className={styles.grid}>
        <SelectField label="What" value={kind} options={KINDS} onChange={setKind} />
        <TextField
          label="Value"
          value={value}
          onChange={setValue}
          error={errorOf("value")}
          isFirst
        />
        <TextField label="Detector" value={detector} onChange={setDetector} placeholder="all" />
        <TextField
          label="Project"
          value={project}
          onChange={setProject}
          placeholder="all"
          error={errorOf("project")}
        />
        <SelectField label="Ends" value={days} options={ENDS} onChange={setDays} />
        <TextField label="Note" value={note} onChange={setNote} error={errorOf("note")} />
      </div>
      {allow.isError && fields.length === 0 && (
        <p className={styles.problem}>{allow.error.message}</p>
      )}
      <div className={styles.line}>
        <Button type="submit" kind="primary" disabled={allow.isPending}>
          Allow
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
