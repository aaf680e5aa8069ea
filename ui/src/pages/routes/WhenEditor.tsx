import type { FieldError } from "@/api/http";
import { TextField } from "@/components/Field";
import { Toggles } from "@/components/Toggles";
import { errorOf, type WhenDraft } from "./draft";
import styles from "./RouteForm.module.css";
import { CAPABILITIES } from "./search";

interface WhenEditorProps {
  when: WhenDraft;
  /** Of the fields in the server's answers. */
  path: string;
  errors: readonly FieldError[];
  onChange: (when: WhenDraft | null) => void;
}

/** What calls must be like to go to a target; all that is set must hold. */
export function WhenEditor({ when, path, errors, onChange }: WhenEditorProps) {
  const set = (name: Exclude<keyof WhenDraft, "capability">) => ({
    value: when[name],
    error: errorOf(errors, `${path}.${name}`),
    onChange: (text: string) => onChange({ ...when, [name]: text }),
  });
  return (
    <div className={styles.when}>
      <p className={styles.dim}>Only for calls where all of this holds; empty: any call.</p>
      <Toggles
        label="Uses all of"
        options={CAPABILITIES}
        chosen={when.capability}
        onChange={(capability) => onChange({ ...when, capability })}
      />
      <div className={styles.grid}>
        <TextField label="Model is one of" {...set("model")} placeholder="gpt-*, o1" />
        <TextField label="Has one of the tags" {...set("tags")} placeholder="vip, eu" />
        <TextField
          label="At least … input tokens"
          {...set("min_input_tokens")}
          inputMode="numeric"
        />
        <TextField
          label="At most … input tokens"
          {...set("max_input_tokens")}
          inputMode="numeric"
        />
      </div>
    </div>
  );
}
