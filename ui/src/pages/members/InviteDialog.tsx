import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/http";
import type { Organization, Place } from "@/api/model";
import { useInvite } from "@/api/people";
import { fieldError } from "@/components/allowance/draft";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Refusal } from "@/components/Form";
import { LinkBox } from "./LinkBox";
import styles from "./members.module.css";
import { PlaceFields } from "./PlaceFields";

interface InviteDialogProps {
  organization: Organization;
  onClose: () => void;
}

/** Somebody's address and place; then the link, this once. */
export function InviteDialog({ organization, onClose }: InviteDialogProps) {
  const invite = useInvite();
  return (
    <Dialog title={`Invite to ${organization.name}`} onClose={onClose}>
      {invite.data ? (
        <LinkBox path={invite.data.path} onClose={onClose}>
          <p>
            Give this link to {invite.data.invitation.email}. It works once, within a week, and is
            not shown again.{" "}
            {invite.data.mailed ? "It was sent by mail, too." : "No mail was sent."}
          </p>
        </LinkBox>
      ) : (
        <InviteForm organization={organization} invite={invite} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface InviteFormProps extends InviteDialogProps {
  invite: ReturnType<typeof useInvite>;
}

function InviteForm({ organization, invite, onClose }: InviteFormProps) {
  const [email, setEmail] = useState("");
  const [place, setPlace] = useState<Required<Place>>({
    role: "member",
    projects: [],
    permissions: [],
  });
  const errors = invite.error instanceof ApiError ? invite.error.fields : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() && !invite.isPending)
      invite.mutate({ email: email.trim(), organization: organization.id, ...place });
  };
  return (
    <form className={styles.stack} onSubmit={submit} aria-label="Invitation" noValidate>
      <TextField
        label="Address"
        value={email}
        placeholder="ann@example.com"
        error={fieldError(errors, "email")}
        isFirst
        onChange={setEmail}
      />
      <PlaceFields
        organization={organization.id}
        place={place}
        errors={errors}
        onChange={setPlace}
      />
      {invite.error && <Refusal error={invite.error} />}
      <div className={styles.choice}>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={!email.trim() || invite.isPending}>
          Make the link
        </Button>
      </div>
    </form>
  );
}
