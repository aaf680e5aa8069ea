import type { FieldError } from "@/api/http";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { Section } from "@/components/Form";
import { DEFAULT_TIMEOUTS, type Draft, errorOf, TIMEOUTS, type Timeout } from "./draft";
import styles from "./RouteForm.module.css";
import { CAPTURE, ON_BREAK, ON_REFUSAL, STICKY } from "./words";

interface SettingsEditorProps {
  draft: Draft;
  errors: readonly FieldError[];
  onChange: (part: Partial<Draft>) => void;
}

const TIMEOUT_LABELS: Record<Timeout, string> = {
  connect_s: "Connect (s)",
  first_byte_s: "First byte (s)",
  first_token_s: "First token (s)",
  idle_s: "Silence (s)",
  total_s: "Whole attempt (s)",
  websocket_idle_s: "Silence, WebSocket (s)",
  websocket_total_s: "Open WebSocket (s)",
};

export function SettingsEditor({ draft, errors, onChange }: SettingsEditorProps) {
  const text = (name: "retries" | "cooldown_s" | "hedge_after_s") => ({
    value: draft[name],
    error: errorOf(errors, name),
    onChange: (value: string) => onChange({ [name]: value }),
  });
  return (
    <Section title="When something fails">
      <div className={styles.three}>
        <TextField label="Retries" {...text("retries")} inputMode="numeric" />
        <TextField label="Rest of a failing target (s)" {...text("cooldown_s")} />
        <TextField
          label="Hedge after (s)"
          hint="Asks the next target as well; both may be billed."
          {...text("hedge_after_s")}
          placeholder="never"
          inputMode="decimal"
        />
        <SelectField
          label="A stream breaks off"
          value={draft.on_break}
          options={ON_BREAK}
          onChange={(on_break) => onChange({ on_break })}
        />
        <SelectField
          label="Request too long for a target"
          value={draft.on_context_window}
          options={ON_REFUSAL}
          onChange={(on_context_window) => onChange({ on_context_window })}
        />
        <SelectField
          label="Refused by a content filter"
          value={draft.on_content_filter}
          options={ON_REFUSAL}
          onChange={(on_content_filter) => onChange({ on_content_filter })}
        />
        <SelectField
          label="Keep callers at one target"
          value={draft.sticky}
          options={STICKY}
          onChange={(sticky) => onChange({ sticky })}
        />
        <SelectField
          label="Capture"
          value={draft.capture}
          options={CAPTURE}
          onChange={(capture) => onChange({ capture })}
        />
      </div>
      {draft.timeouts ? (
        <div className={styles.five}>
          {TIMEOUTS.map((name) => (
            <TextField
              key={name}
              label={TIMEOUT_LABELS[name]}
              value={draft.timeouts?.[name] ?? ""}
              error={errorOf(errors, `timeouts.${name}`)}
              inputMode="decimal"
              onChange={(value) =>
                onChange({
                  timeouts: { ...(draft.timeouts ?? DEFAULT_TIMEOUTS), [name]: value },
                })
              }
            />
          ))}
        </div>
      ) : (
        <Button
          kind="ghost"
          isSmall
          className={`${styles.opener} ${styles.add}`}
          onClick={() => onChange({ timeouts: DEFAULT_TIMEOUTS })}
        >
          Deadlines of its own…
        </Button>
      )}
    </Section>
  );
}
