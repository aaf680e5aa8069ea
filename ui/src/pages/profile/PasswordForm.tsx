import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/http";
import { useChangePassword } from "@/api/me";
import type { Person } from "@/api/model";
import { Button } from "@/components/Button";
import { Refusal } from "@/components/Form";
import styles from "./profile.module.css";
import { SecretField } from "./SecretField";

const SHORTEST = 10;

/** A new password; then one logs in again. */
export function PasswordForm({ person }: { person: Person }) {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const change = useChangePassword();
  const client = useQueryClient();
  const navigate = useNavigate();
  const isReady = old !== "" && fresh.length >= SHORTEST && !change.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    change.mutate(
      { old, new: fresh },
      {
        onSuccess: async () => {
          client.clear();
          await navigate({ to: "/login", search: { next: "/profile" } });
        },
      },
    );
  };
  return (
    <section className={styles.card} aria-label="Password">
      <h2>Password</h2>
      {person.has_password ? (
        <form className={styles.stack} onSubmit={submit} aria-label="New password">
          <SecretField label="Password until now" value={old} onChange={setOld} />
          <SecretField
            label="New password"
            value={fresh}
            isNew
            hint={`${SHORTEST} characters or more.`}
            onChange={setFresh}
          />
          {change.error && <Refusal error={hidden(change.error)} />}
          <div className={styles.foot}>
            <span>All your sessions end, and you log in again.</span>
            <Button type="submit" disabled={!isReady}>
              Change
            </Button>
          </div>
        </form>
      ) : (
        <p className={styles.note}>
          You log in without a password. Whoever may do everything can make you a link to set one.
        </p>
      )}
    </section>
  );
}

/** What is wrong in words, without the names of the fields. */
function hidden(error: Error): Error {
  const [first] = error instanceof ApiError ? error.fields : [];
  return first ? new Error(`The password has to be ${first.expected}.`) : error;
}
