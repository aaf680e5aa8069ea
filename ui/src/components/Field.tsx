import { type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";
import styles from "./Field.module.css";

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  isWide?: boolean;
  /** The control; spread the given attributes over it. */
  children: (control: ControlProps) => ReactNode;
}

export interface ControlProps {
  id: string;
  className: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

/** A control with its name, a hint, and what is wrong with it. */
export function Field({ label, hint, error, isWide, children }: FieldProps) {
  const id = useId();
  const about = error || hint ? `${id}-about` : undefined;
  return (
    <div className={cx(styles.field, isWide && styles.wide)}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: styles.control ?? "",
        "aria-invalid": error !== undefined,
        "aria-describedby": about,
      })}
      {about && (
        <span id={about} className={error ? styles.error : styles.hint}>
          {error ?? hint}
        </span>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<FieldProps, "children"> {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** Names to choose from, beside whatever is typed. */
  suggestions?: readonly string[];
  inputMode?: "decimal" | "numeric" | "text";
  isFirst?: boolean;
}

export function TextField({
  value,
  onChange,
  placeholder,
  suggestions,
  inputMode,
  isFirst,
  ...field
}: TextFieldProps) {
  const listId = useId();
  return (
    <Field {...field}>
      {(control) => (
        <>
          <input
            {...control}
            type="text"
            value={value}
            placeholder={placeholder}
            inputMode={inputMode}
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: a page that is a form begins in its first field
            autoFocus={isFirst}
            list={suggestions ? listId : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
          {suggestions && (
            <datalist id={listId}>
              {suggestions.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

interface SelectFieldProps<T extends string> extends Omit<FieldProps, "children"> {
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

export function SelectField<T extends string>({
  value,
  options,
  onChange,
  ...field
}: SelectFieldProps<T>) {
  return (
    <Field {...field}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
