import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { ApiError } from "@/api/http";
import { useSavePolicy } from "@/api/policies";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { type Draft, errorOf, namedForTrial, policyOf, SCOPES } from "./draft";
import styles from "./guard.module.css";
import { Preview } from "./Preview";
import { RuleEditors } from "./RuleEditors";
import { ScopeFields } from "./ScopeFields";
import { Unsaved } from "./Unsaved";

const MODES = [
  { value: "shadow", label: "shadow: only report" },
  { value: "enforce", label: "enforce" },
] as const;
const STREAMS = [
  { value: "", label: "as the configuration says" },
  { value: "window", label: "window: what is seen passes" },
  { value: "whole", label: "whole: held to its end" },
  { value: "optimistic", label: "optimistic: passes, then ends" },
] as const;

interface PolicyFormProps {
  /** The newest version that was seen; without it a new policy is made. */
  seen: number | undefined;
  draft: Draft;
}

export function PolicyForm({ seen, draft: initial }: PolicyFormProps) {
  const [draft, setDraft] = useState(initial);
  const [note, setNote] = useState("");
  const save = useSavePolicy(seen);
  const navigate = useNavigate();
  const errors = save.error instanceof ApiError ? save.error.fields : [];
  const policy = useMemo(() => policyOf(draft), [draft]);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const isKept = useRef(false);
  const isChanged = () => !isKept.current && (draft !== initial || note !== "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { policy, note },
      {
        onSuccess: (made) => {
          isKept.current = true;
          return navigate({ to: "/guard/policies/$name", params: { name: made.summary.name } });
        },
      },
    );
  };
  return (
    <div className={styles.split}>
      <Unsaved isChanged={isChanged} />
      <form className={styles.panel} onSubmit={submit} aria-label="Policy" noValidate>
        <div className={styles.grid}>
          <TextField
            label="Name"
            value={draft.name}
            onChange={(name) => change({ name })}
            error={errorOf(errors, "name")}
            placeholder="support-bot"
            isFirst={seen === undefined}
            {...(seen !== undefined && { hint: "A policy keeps its name." })}
          />
          <SelectField
            label="Mode"
            value={draft.mode}
            options={MODES}
            onChange={(mode) => change({ mode })}
          />
          <TextField
            label="Priority"
            hint="Among policies of one level, lower goes first."
            value={draft.priority}
            onChange={(priority) => change({ priority })}
            error={errorOf(errors, "priority")}
            inputMode="numeric"
          />
          <SelectField
            label="Streamed answers"
            value={draft.stream}
            options={STREAMS}
            onChange={(stream) => change({ stream })}
          />
          <TextField
            label="Description"
            value={draft.description}
            onChange={(description) => change({ description })}
            error={errorOf(errors, "description")}
            isWide
          />
        </div>
        <Scope draft={draft} errors={errors} onChange={change} />
        <RuleEditors rules={draft.rules} errors={errors} onChange={(rules) => change({ rules })} />
        {save.isError && (
          <p className={styles.problem} role="alert">
            {errors.length ? "It does not compile yet: see the fields." : save.error.message}
            {errors.map((one) => (
              <span key={one.name}>
                <br />
                {one.name.replace(/^policy\./, "")}: {one.expected}
              </span>
            ))}
          </p>
        )}
        <TextField
          label="Note"
          hint="What this version is for."
          value={note}
          onChange={setNote}
          isWide
        />
        <div className={styles.line}>
          <Button type="submit" kind="primary" disabled={save.isPending}>
            Keep as {seen === undefined ? "a draft" : `version ${seen + 1}`}
          </Button>
          <span className={styles.dim}>Nothing changes before it is published.</span>
        </div>
      </form>
      <div className={styles.sticky}>
        <Preview policy={namedForTrial(policy)} />
      </div>
    </div>
  );
}

interface PartProps {
  draft: Draft;
  errors: ApiError["fields"];
  onChange: (part: Partial<Draft>) => void;
}

function Scope({ draft, errors, onChange }: PartProps) {
  const isNamed = SCOPES.some((field) => draft.scope[field]);
  return (
    <details open={isNamed} className={styles.rule}>
      <summary>Whose calls it is for{isNamed ? "" : ": every call"}</summary>
      <ScopeFields
        scope={draft.scope}
        place="scope"
        errors={errors}
        onChange={(scope) => onChange({ scope })}
      />
      <label className={styles.line}>
        <input
          type="checkbox"
          checked={draft.override}
          onChange={(event) => onChange({ override: event.target.checked })}
        />
        A lower level may put a rule of the same name in the place of ours
      </label>
      <label className={styles.line}>
        <input
          type="checkbox"
          checked={draft.exceptions}
          onChange={(event) => onChange({ exceptions: event.target.checked })}
        />
        Allow-lists and calibrated thresholds hold for its rules
      </label>
    </details>
  );
}
