import { Field, TextField } from "@/components/Field";
import { type EvidenceDraft, type EvidenceField, faultsOf } from "./evidence";
import styles from "./guard.module.css";

const LABELS: Record<EvidenceField, string> = {
  system_prompt: "System prompt",
  canaries: "Canaries",
  question: "Question",
  sources: "Sources",
  schema: "JSON schema",
  tool_name: "Tool",
  tools: "Tools",
};
const HINTS: Partial<Record<EvidenceField, string>> = {
  system_prompt: "What must not come back.",
  canaries: "One a line.",
  question: "What the text answers.",
  sources: "What it may rest on, with empty lines between.",
  schema: "Empty: that of the rule.",
  tool_name: "Whose arguments the text is.",
  tools: 'Such as {"search": {"type": "object"}}.',
};

interface EvidenceFieldsProps {
  fields: readonly EvidenceField[];
  draft: EvidenceDraft;
  onChange: (draft: EvidenceDraft) => void;
}

/** What the detectors of a policy compare the text with. */
export function EvidenceFields({ fields, draft, onChange }: EvidenceFieldsProps) {
  if (fields.length === 0) return null;
  const faults = faultsOf(draft);
  return (
    <fieldset className={styles.known}>
      <legend>Known beside it</legend>
      <p className={styles.dim}>Rules of this policy compare with it, and see nothing without.</p>
      {fields.map((field) => {
        const put = (value: string) => onChange({ ...draft, [field]: value });
        const shared = { label: LABELS[field], hint: HINTS[field], error: faults[field] };
        if (field === "tool_name" || field === "question")
          return <TextField key={field} {...shared} value={draft[field]} onChange={put} />;
        return (
          <Field key={field} {...shared}>
            {({ className: _, ...control }) => (
              <textarea
                {...control}
                className={styles.area}
                rows={2}
                value={draft[field]}
                spellCheck={false}
                onChange={(event) => put(event.target.value)}
              />
            )}
          </Field>
        );
      })}
    </fieldset>
  );
}
