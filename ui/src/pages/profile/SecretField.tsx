import { Field } from "@/components/Field";

interface SecretFieldProps {
  label: string;
  value: string;
  isNew?: boolean;
  hint?: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** A password, one's own or a new one. */
export function SecretField({ label, value, isNew, hint, error, onChange }: SecretFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          type="password"
          autoComplete={isNew ? "new-password" : "current-password"}
          maxLength={1024}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
