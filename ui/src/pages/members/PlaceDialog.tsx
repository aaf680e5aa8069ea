import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/http";
import type { Member, Organization, Place } from "@/api/model";
import { usePlace } from "@/api/people";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Form";
import styles from "./members.module.css";
import { PlaceFields } from "./PlaceFields";

interface PlaceDialogProps {
  member: Member;
  organization: Organization;
  onClose: () => void;
}

/** Another role, other projects. */
export function PlaceDialog({ member, organization, onClose }: PlaceDialogProps) {
  const [place, setPlace] = useState<Required<Place>>({
    role: member.role,
    projects: member.projects,
    permissions: member.role === "custom" ? member.permissions : [],
  });
  const save = usePlace(organization.id);
  const errors = save.error instanceof ApiError ? save.error.fields : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const permissions = place.role === "custom" ? place.permissions : [];
    save.mutate({ id: member.user.id, place: { ...place, permissions } }, { onSuccess: onClose });
  };
  return (
    <Dialog title={member.user.name || member.user.email} onClose={onClose}>
      <form className={styles.stack} onSubmit={submit} aria-label="Place" noValidate>
        <PlaceFields
          organization={organization.id}
          place={place}
          errors={errors}
          onChange={setPlace}
        />
        {save.error && <Refusal error={save.error} />}
        <div className={styles.choice}>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
