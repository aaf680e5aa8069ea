import { type FormEvent, type ReactNode, useState } from "react";
import { ApiError } from "@/api/http";
import type { ProbeKept } from "@/api/model";
import { useSaveProbe } from "@/api/probes";
import { fieldError } from "@/components/allowance/draft";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Field, SelectField, TextField } from "@/components/Field";
import styles from "./DriftPage.module.css";
import { Expectations } from "./Expectations";
import { draftOf, NEW_PROBE, type ProbeDraft, probeOf } from "./probe";

const SEVERITIES = [
  { value: "info", label: "info" },
  { value: "warning", label: "warning" },
  { value: "critical", label: "critical" },
] as const;

interface ProbeFormProps {
  seen: ProbeKept | undefined;
  onClose: () => void;
}

/** The fields that are texts. */
type TextName = {
  [K in keyof ProbeDraft]: string extends ProbeDraft[K] ? K : never;
}[keyof ProbeDraft];

/** What a part of the form has to go by. */
export interface PartProps {
  draft: ProbeDraft;
  set: (some: Partial<ProbeDraft>) => void;
  /** Value, change and fault of a text; `name` is the field of the API. */
  text: (
    field: TextName,
    name: string,
  ) => { value: string; error: string | undefined; onChange: (value: string) => void };
}

export function ProbeForm({ seen, onClose }: ProbeFormProps) {
  const [draft, setDraft] = useState<ProbeDraft>(seen ? draftOf(seen) : NEW_PROBE);
  const save = useSaveProbe();
  const errors = save.error instanceof ApiError ? save.error.fields : [];
  const set = (some: Partial<ProbeDraft>) => setDraft((now) => ({ ...now, ...some }));
  const text: PartProps["text"] = (field, name) => ({
    value: draft[field],
    error: fieldError(errors, name),
    onChange: (value) => set({ [field]: value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ probe: probeOf(draft, seen), seen }, { onSuccess: onClose });
  };
  return (
    <Dialog title={seen ? `Probe ${seen.probe.name}` : "New probe"} onClose={onClose}>
      <form onSubmit={submit} aria-label="Probe" noValidate>
        <Part title="What is asked">
          {!seen && <TextField label="Name" isFirst {...text("name", "name")} />}
          <TextField
            label="Models or routes"
            placeholder="openai/gpt-4o"
            hint="several with commas"
            {...text("models", "models")}
          />
          <Area label="Prompt" {...text("prompt", "prompt")} />
          <More
            title="Messages and parameters"
            isOpen={Boolean(draft.messages || draft.parameters)}
          >
            <Area
              label="Messages (JSON), instead of the prompt"
              {...text("messages", "messages")}
            />
            <Area label="Parameters (JSON)" {...text("parameters", "parameters")} />
          </More>
        </Part>
        <Expectations draft={draft} set={set} text={text} />
        <Part title="When, and how often">
          <TextField
            label="Every (minutes)"
            inputMode="numeric"
            {...text("everyMinutes", "every_minutes")}
          />
          <TextField
            label="Cron (UTC), instead"
            placeholder="*/15 * * * *"
            {...text("cron", "cron")}
          />
          <TextField
            label="Up to so many seconds later"
            inputMode="numeric"
            {...text("jitter", "jitter_s")}
          />
          <TextField
            label="Answers of each model"
            inputMode="numeric"
            {...text("samples", "samples")}
          />
          <TextField
            label="Given up after (seconds)"
            inputMode="decimal"
            {...text("timeout", "timeout_s")}
          />
          <TextField
            label="US dollars a day"
            inputMode="decimal"
            {...text("maxUsd", "max_usd_per_day")}
          />
          <SelectField
            label="Severity of a failure"
            value={draft.severity}
            options={SEVERITIES}
            onChange={(severity) => set({ severity })}
          />
        </Part>
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

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.part}>
      <legend>{title}</legend>
      <div className={styles.form}>{children}</div>
    </fieldset>
  );
}

interface MoreProps {
  title: string;
  isOpen: boolean;
  children: ReactNode;
}

/** What few need. */
export function More({ title, isOpen, children }: MoreProps) {
  const [wasOpen] = useState(isOpen);
  return (
    <details className={styles.extra} open={wasOpen}>
      <summary>{title}</summary>
      <div className={styles.form}>{children}</div>
    </details>
  );
}

interface AreaProps {
  label: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

export function Area({ label, value, error, onChange }: AreaProps) {
  return (
    <Field label={label} error={error} isWide>
      {(control) => (
        <textarea
          {...control}
          rows={3}
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
