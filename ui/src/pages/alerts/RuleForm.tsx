import { type FormEvent, useState } from "react";
import { useSaveAlertRule, useTryAlertRule } from "@/api/alerts";
import { ApiError } from "@/api/http";
import type { AlertRuleKept } from "@/api/model";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { SelectField, TextField } from "@/components/Field";
import { Toggles } from "@/components/Toggles";
import styles from "./AlertsPage.module.css";
import { type Draft, draftOf, errorOf, NEW, ruleOf } from "./draft";
import { Later } from "./Later";
import { Trial } from "./Trial";
import { COMPARISONS, GROUPINGS, KINDS, SEVERITIES, SUBJECTS, unitOf } from "./words";

interface RuleFormProps {
  seen: AlertRuleKept | undefined;
  metrics: readonly string[];
  channels: readonly string[];
  onClose: () => void;
}

export function RuleForm({ seen, metrics, channels, onClose }: RuleFormProps) {
  const [draft, setDraft] = useState<Draft>(() => (seen ? draftOf(seen.rule) : NEW));
  const save = useSaveAlertRule(seen);
  const trial = useTryAlertRule();
  const failed = save.error ?? trial.error;
  const errors = failed instanceof ApiError ? failed.fields : [];
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const text = (name: keyof Draft & string, field: string) => ({
    value: String(draft[name]),
    error: errorOf(errors, field),
    onChange: (value: string) => set({ [name]: value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(ruleOf(draft), { onSuccess: onClose });
  };
  const isMeasured = draft.kind !== "event" && draft.kind !== "absence";
  const unit = unitOf(draft.kind, draft.metric);
  return (
    <Dialog title={seen ? `Rule ${seen.rule.name}` : "New rule"} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} aria-label="Rule" noValidate>
        <TextField label="Name" isFirst {...text("name", "name")} isWide />
        <SelectField
          label="Watches for"
          value={draft.kind}
          options={KINDS}
          hint={KINDS.find(({ value }) => value === draft.kind)?.meaning}
          onChange={(kind) => set({ kind })}
          isWide
        />
        {draft.kind === "event" ? (
          <SelectField
            label="Reported by"
            value={draft.subject}
            options={SUBJECTS}
            onChange={(subject) => set({ subject })}
          />
        ) : (
          <TextField
            label="Window (minutes)"
            inputMode="numeric"
            {...text("windowMinutes", "window_s")}
          />
        )}
        {isMeasured && (
          <>
            <SelectField
              label="Metric"
              value={draft.metric}
              options={metrics.map((value) => ({ value, label: value }))}
              onChange={(metric) => set({ metric })}
              error={errorOf(errors, "metric") ?? errorOf(errors, "kind")}
            />
            <SelectField
              label="Is"
              value={draft.op}
              options={COMPARISONS}
              onChange={(op) => set({ op })}
            />
            <TextField
              label={unit ? `Value (${unit})` : "Value"}
              inputMode="decimal"
              {...text("value", "value")}
            />
            <TextField
              label="Fewest calls"
              inputMode="numeric"
              {...text("leastCalls", "least_calls")}
            />
          </>
        )}
        {draft.kind !== "event" && (
          <>
            <TextField label="Only model" placeholder="all" {...text("model", "model")} />
            <TextField label="Only provider" placeholder="all" {...text("provider", "provider")} />
            <SelectField
              label="One alert for"
              value={draft.by}
              options={GROUPINGS}
              onChange={(by) => set({ by })}
            />
          </>
        )}
        <SelectField
          label="Severity"
          value={draft.severity}
          options={SEVERITIES}
          onChange={(severity) => set({ severity })}
        />
        <div className={styles.wide}>
          {channels.length > 0 ? (
            <Toggles
              label="Tell"
              options={channels}
              chosen={draft.channels}
              onChange={(chosen) => set({ channels: chosen })}
            />
          ) : (
            <p className={styles.dim}>There is no channel yet: alerts are shown here only.</p>
          )}
        </div>
        <Later draft={draft} channels={channels} text={text} onChange={set} />
        <Trial trial={trial} />
        {failed && errors.length === 0 && (
          <p className={styles.problem} role="alert">
            {failed.message}
          </p>
        )}
        <div className={styles.choice}>
          <Button disabled={trial.isPending} onClick={() => trial.mutate(ruleOf(draft))}>
            Try it
          </Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            {seen ? "Save" : "Create rule"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
