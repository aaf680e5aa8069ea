import type { ApiError } from "@/api/http";
import { Button } from "@/components/Button";
import { Field, SelectField, TextField } from "@/components/Field";
import { ActionsEditor } from "./ActionsEditor";
import { errorOf, type RuleDraft, SCOPES } from "./draft";
import styles from "./guard.module.css";
import { ScopeFields } from "./ScopeFields";
import { DETECTORS, WHERES } from "./words";

const MODES = [
  { value: "enforce", label: "enforce" },
  { value: "shadow", label: "shadow" },
] as const;
const FAILURES = [
  { value: "open", label: "as nothing seen" },
  { value: "closed", label: "as the worst" },
] as const;
const WHEN = [
  { value: "inline", label: "before it passes" },
  { value: "after", label: "when the answer has gone" },
] as const;
const OPTIONS: Record<string, string> = {
  keywords: '{"words": ["Acme"]}',
  regex: '{"patterns": {"ticket": "T-[0-9]+"}}',
  topic: '{"deny": {"politics": ["election"]}}',
  language: '{"allow": ["en"]}',
  length: '{"max_chars": 10000}',
  pii: '{"kinds": ["email", "card"]}',
  urls: '{"deny": ["example.com"]}',
  tool_calls: '{"allow": ["search"]}',
  format: '{"format": "json"}',
  schema: '{"schema": {"type": "object"}}',
  citation: '{"required": true}',
  groundedness: '{"model": "provider/model"}',
  leak: '{"dumps": true}',
  judge: '{"model": "provider/model", "criteria": "No advice on medicine."}',
  llama_guard: '{"model": "provider/llama-guard3"}',
  openai_moderation: '{"model": "openai/omni-moderation-latest"}',
  webhook: '{"url": "https://checks.example.com/v1"}',
};

interface RuleEditorProps {
  rule: RuleDraft;
  /** Where it stands, as the API names it. */
  place: string;
  errors: ApiError["fields"];
  onChange: (rule: RuleDraft) => void;
  onRemove: () => void;
  onUp: (() => void) | undefined;
}

export function RuleEditor({ rule, place, errors, onChange, onRemove, onUp }: RuleEditorProps) {
  const change = (part: Partial<RuleDraft>) => onChange({ ...rule, ...part });
  const error = (field: string) => errorOf(errors, `${place}.${field}`);
  return (
    <fieldset className={styles.rule} aria-label={`Rule ${rule.name || "without a name"}`}>
      <div className={styles.line}>
        <h3>{rule.name || "New rule"}</h3>
        <span className={styles.push}>
          {onUp && <Button kind="ghost" icon="up" isSmall aria-label="Move up" onClick={onUp} />}
          <Button kind="ghost" icon="trash" isSmall aria-label="Remove rule" onClick={onRemove} />
        </span>
      </div>
      <div className={styles.grid}>
        <TextField
          label="Name"
          value={rule.name}
          onChange={(name) => change({ name })}
          error={error("name")}
          placeholder="attacks"
        />
        <TextField
          label="Detector"
          value={rule.detector}
          onChange={(detector) => change({ detector })}
          error={error("detector")}
          suggestions={DETECTORS}
        />
        <TextField
          label="From score"
          value={rule.threshold}
          onChange={(threshold) => change({ threshold })}
          error={error("threshold")}
          inputMode="decimal"
        />
        <SelectField
          label="Mode"
          value={rule.mode}
          options={MODES}
          onChange={(mode) => change({ mode })}
        />
        <TextField
          label="Only kinds"
          hint="such as email, card"
          placeholder="all"
          value={rule.kinds}
          onChange={(kinds) => change({ kinds })}
          error={error("kinds")}
        />
        <SelectField
          label="A detector that fails counts"
          value={rule.on_error}
          options={FAILURES}
          onChange={(on_error) => change({ on_error })}
        />
        <SelectField
          label="When it looks"
          value={rule.when}
          options={WHEN}
          onChange={(when) => change({ when })}
        />
        <TextField
          label="Time it may take, ms"
          hint="more for those that ask others"
          value={rule.timeout_ms}
          onChange={(timeout_ms) => change({ timeout_ms })}
          error={error("timeout_ms")}
          inputMode="numeric"
        />
      </div>
      <Where rule={rule} error={error("where")} onChange={change} />
      <Field label="Options" error={error("options")} hint="JSON, as the detector wants it">
        {(control) => (
          <textarea
            {...control}
            className={styles.area}
            style={{ minHeight: 48 }}
            value={rule.options}
            placeholder={OPTIONS[rule.detector] ?? "{}"}
            spellCheck={false}
            onChange={(event) => change({ options: event.target.value })}
          />
        )}
      </Field>
      <ActionsEditor
        actions={rule.actions}
        error={(index) =>
          error(`actions[${index}]`) ?? (index === 0 ? error("actions") : undefined)
        }
        onChange={(actions) => change({ actions })}
      />
      <details open={SCOPES.some((field) => rule.scope[field])}>
        <summary>Which of these calls, and its turn</summary>
        <ScopeFields
          scope={rule.scope}
          place={`${place}.scope`}
          errors={errors}
          onChange={(scope) => change({ scope })}
        />
        <TextField
          label="Priority"
          hint="Lower is taken first; equal ones as they stand."
          value={rule.priority}
          onChange={(priority) => change({ priority })}
          error={error("priority")}
          inputMode="numeric"
        />
      </details>
    </fieldset>
  );
}

interface WhereProps {
  rule: RuleDraft;
  error: string | undefined;
  onChange: (part: Partial<RuleDraft>) => void;
}

function Where({ rule, error, onChange }: WhereProps) {
  return (
    <section aria-label="Where it looks">
      <span className={styles.dim}>Where it looks</span>
      <div className={styles.line}>
        {WHERES.map(({ value, label }) => (
          <label key={value} className={styles.line}>
            <input
              type="checkbox"
              checked={rule.where.includes(value)}
              onChange={(event) =>
                onChange({
                  where: WHERES.map((one) => one.value).filter((one) =>
                    one === value ? event.target.checked : rule.where.includes(one),
                  ),
                })
              }
            />
            {label}
          </label>
        ))}
      </div>
      {error && <p className={styles.problem}>{error}</p>}
    </section>
  );
}
