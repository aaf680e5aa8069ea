import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/http";
import { useChangeName } from "@/api/me";
import type { Person } from "@/api/model";
import { fieldError } from "@/components/allowance/draft";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import styles from "./profile.module.css";

/** What others see. */
export function NameForm({ person }: { person: Person }) {
  const [name, setName] = useState(person.name);
  const change = useChangeName();
  const errors = change.error instanceof ApiError ? change.error.fields : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate(name.trim());
  };
  return (
    <form className={styles.inline} onSubmit={submit} aria-label="Name">
      <Field label="Name" error={fieldError(errors, "name") ?? change.error?.message}>
        {(control) => (
          <input
            {...control}
            type="text"
            autoComplete="name"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={name.trim() === person.name || change.isPending}>
        Save
      </Button>
    </form>
  );
}
