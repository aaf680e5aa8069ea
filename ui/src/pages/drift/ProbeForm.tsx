import { type FormEvent, useState } from "react";
import type { ProbeKept } from "@/api/model";
import { useSaveProbe } from "@/api/probes";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Field, SelectField, TextField } from "@/components/Field";
import styles from "./DriftPage.module.css";
import { draftOf, NEW_PROBE, type ProbeDraft, probeOf } from "./probe";

const REFUSALS = [
  { value: "", label: "either" },
  { value: "no", label: "answers" },
  { value: "yes", label: "refuses" },
] as const;
const LIKENESS = [
  { value: "", label: "not asked" },
  { value: "exact", label: "the same text" },
  { value: "structural", label: "built alike" },
  { value: "lexical", label: "in like words" },
] as const;
const SEVERITIES = [
  { value: "info", label: "info" },
  { value: "warning", label: "warning" },
  { value: "critical", label: "critical" },
] as const;

interface ProbeFormProps {
  seen: ProbeKept | undefined;
  onClose: () => void;
}

export function ProbeForm({ seen, onClose }: ProbeFormProps) {
  const [draft, setDraft] = useState<ProbeDraft>(seen ? draftOf(seen) : NEW_PROBE);
  const save = useSaveProbe();
  const set = (some: Partial<ProbeDraft>) => setDraft((now) => ({ ...now, ...some }));
  const text = (name: keyof ProbeDraft) => ({
    value: draft[name],
    onChange: (value: string) => set({ [name]: value }),
  });
  const hasMessages = (seen?.probe.messages ?? []).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ probe: probeOf(draft, seen), seen }, { onSuccess: onClose });
  };
  return (
    <Dialog title={seen ? `Probe ${seen.probe.name}` : "New probe"} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} aria-label="Probe" noValidate>
        {!seen && <TextField label="Name" isFirst {...text("name")} />}
        <TextField
          label="Models or routes"
          placeholder="openai/gpt-4o"
          hint="several with commas"
          {...text("models")}
        />
        {!hasMessages && (
          <Field label="Prompt" isWide>
            {(control) => (
              <textarea
                {...control}
                rows={3}
                value={draft.prompt}
                onChange={(event) => set({ prompt: event.target.value })}
              />
            )}
          </Field>
        )}
        <TextField label="Contains" hint="several with commas" {...text("contains")} />
        <TextField label="Is exactly" {...text("exact")} />
        <TextField label="Matches (RE2)" {...text("regex")} />
        <SelectField
          label="Refusal"
          value={draft.refusal}
          options={REFUSALS}
          onChange={(refusal) => set({ refusal })}
        />
        <SelectField
          label="Like the baseline"
          value={draft.likeBaseline}
          options={LIKENESS}
          onChange={(likeBaseline) => set({ likeBaseline })}
        />
        <TextField label="At most (ms)" inputMode="numeric" {...text("maxLatencyMs")} />
        <TextField label="Every (minutes)" inputMode="numeric" {...text("everyMinutes")} />
        <TextField label="Cron (UTC), instead" placeholder="*/15 * * * *" {...text("cron")} />
        <TextField label="Answers of each model" inputMode="numeric" {...text("samples")} />
        <TextField label="US dollars a day" inputMode="decimal" {...text("maxUsd")} />
        <SelectField
          label="Severity"
          value={draft.severity}
          options={SEVERITIES}
          onChange={(severity) => set({ severity })}
        />
        {save.error && (
          <p className={styles.problem} role="alert">
            {save.error.message}
          </p>
        )}
        <div className={styles.choice}>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            {seen ? "Save" : "Add probe"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
