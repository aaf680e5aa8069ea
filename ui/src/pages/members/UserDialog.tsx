import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/http";
import { useCreatePerson } from "@/api/people";
import { fieldError } from "@/components/allowance/draft";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Refusal } from "@/components/Form";
import { LinkBox } from "./LinkBox";
import styles from "./members.module.css";

interface UserDialogProps {
  isFirst?: boolean;
  onClose: () => void;
}

/** A new user; then the link to set a password with, this once. */
export function UserDialog({ isFirst = false, onClose }: UserDialogProps) {
  const create = useCreatePerson();
  const client = useQueryClient();
  const done = () => {
    onClose();
    // With the first user the console asks for a log-in from now on.
    void client.invalidateQueries();
  };
  return (
    <Dialog title={isFirst ? "The first user" : "New user"} onClose={create.data ? done : onClose}>
      {create.data ? (
        <LinkBox path={`/login?reset=${create.data.token}`} onClose={done}>
          <p>
            With this link {create.data.user.email} sets a password, within an hour. It is not shown
            again.
          </p>
          {isFirst && <p>Open it now if it is yours: the console asks for a log-in from now on.</p>}
        </LinkBox>
      ) : (
        <UserForm isFirst={isFirst} create={create} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface UserFormProps extends UserDialogProps {
  create: ReturnType<typeof useCreatePerson>;
}

function UserForm({ isFirst, create, onClose }: UserFormProps) {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [isRoot, setRoot] = useState(isFirst ?? false);
  const errors = create.error instanceof ApiError ? create.error.fields : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() && !create.isPending)
      create.mutate({ email: email.trim(), name: name.trim(), is_root: isRoot });
  };
  return (
    <form className={styles.stack} onSubmit={submit} aria-label="User" noValidate>
      <TextField
        label="Address"
        value={email}
        placeholder="ann@example.com"
        error={fieldError(errors, "email")}
        isFirst
        onChange={setEmail}
      />
      <TextField label="Name" value={name} error={fieldError(errors, "name")} onChange={setName} />
      {isFirst ? (
        <p className={styles.note}>The first user may do everything.</p>
      ) : (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={isRoot}
            onChange={(event) => setRoot(event.target.checked)}
          />
          May do everything, in every organization
        </label>
      )}
      {create.error && <Refusal error={create.error} />}
      <div className={styles.choice}>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={!email.trim() || create.isPending}>
          Make the user
        </Button>
      </div>
    </form>
  );
}
