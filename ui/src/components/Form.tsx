import type { FormEvent, ReactNode } from "react";
import { ApiError } from "@/api/http";
import { Button } from "@/components/Button";
import styles from "./Form.module.css";

interface FormProps {
  label: string;
  /** Of the button that sends it. */
  action: string;
  note?: string;
  isBusy: boolean;
  error: Error | null;
  onSubmit: () => void;
  onCancel: () => void;
  /** What stands beside the form. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A page that is a form: its sections, what was refused, and the buttons below. */
export function Form({
  label,
  action,
  note,
  isBusy,
  error,
  onSubmit,
  onCancel,
  aside,
  children,
}: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) onSubmit();
  };
  return (
    <div className={aside ? `${styles.body} ${styles.wide}` : styles.body}>
      <form className={styles.form} onSubmit={submit} aria-label={label} noValidate>
        {children}
        {error && <Refusal error={error} />}
        <div className={styles.actions}>
          <span>{note}</span>
          <Button onClick={onCancel}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isBusy}>
            {action}
          </Button>
        </div>
      </form>
      {aside}
    </div>
  );
}

interface SectionProps {
  title?: string;
  children: ReactNode;
}

export function Section({ title, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** Fields side by side where there is room. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}

export function Refusal({ error }: { error: Error }) {
  const fields = error instanceof ApiError ? error.fields : [];
  const isLate = error instanceof ApiError && error.status === 412;
  return (
    <div className={styles.refused} role="alert">
      {isLate ? (
        <p>Somebody else changed it meanwhile. Open it again to see what it is now.</p>
      ) : fields.length === 0 ? (
        <p>{error.message}</p>
      ) : (
        <>
          <p>It is not kept:</p>
          <ul>
            {fields.map((field) => (
              <li key={`${field.name} ${field.expected}`}>
                {field.name && <code>{field.name}</code>} {field.expected}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
