import { useState } from "react";
import type { Person, PersonChanges } from "@/api/model";
import { useChangePerson, useDeletePerson, useResetPerson } from "@/api/people";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Dialog } from "@/components/Dialog";
import { Menu, MenuItem, MenuSeparator } from "@/components/Menu";
import { LinkBox } from "./LinkBox";

type Deed = "reset" | "disable" | "enable" | "root" | "unroot" | "totp" | "delete";

interface Question {
  title: (called: string) => string;
  action: string;
  text: string;
  changes?: PersonChanges;
}

const QUESTIONS: Record<Deed, Question> = {
  reset: {
    title: (called) => `A link to set the password of ${called} anew?`,
    action: "Make the link",
    text: "It works once, within an hour. Until it is used nothing changes; then all sessions of the user are over.",
  },
  disable: {
    title: (called) => `Disable ${called}?`,
    action: "Disable",
    text: "Sessions and personal tokens stop working at once. What the user is stays, and comes back when the user is enabled.",
    changes: { disabled: true },
  },
  enable: {
    title: (called) => `Enable ${called}?`,
    action: "Enable",
    text: "The user may log in again, and personal tokens work again.",
    changes: { disabled: false },
  },
  root: {
    title: (called) => `Let ${called} do everything?`,
    action: "Let them",
    text: "In every organization: routes, credentials, policies, users and all data.",
    changes: { is_root: true },
  },
  unroot: {
    title: (called) => `Take from ${called} what only few may do?`,
    action: "Take it",
    text: "What is left is what the user's organizations allow.",
    changes: { is_root: false },
  },
  totp: {
    title: (called) => `Switch one-time codes of ${called} off?`,
    action: "Switch off",
    text: "For somebody who lost their phone and the recovery codes. The password alone is asked for then: make sure who asks you.",
    changes: { totp: false },
  },
  delete: {
    title: (called) => `Delete ${called}?`,
    action: "Delete",
    text: "With memberships and personal tokens. What the user did stays in the audit log. With the last user the console asks for no log-in any more.",
  },
};

/** What may be done to a user, by whoever may do everything. */
export function UserActions({ person, isMe }: { person: Person; isMe: boolean }) {
  const [deed, setDeed] = useState<Deed | null>(null);
  const called = person.name || person.email;
  const item = (what: Deed, label: string) => (
    <MenuItem onSelect={() => setDeed(what)}>{label}</MenuItem>
  );
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button kind="ghost" isSmall icon="more" aria-label={`What to do with ${called}`} />
        }
      >
        {item("reset", "Link for a new password")}
        {person.has_totp && item("totp", "Switch one-time codes off")}
        {!isMe &&
          (person.is_root
            ? item("unroot", "No more may do everything")
            : item("root", "May do everything"))}
        {!isMe && (
          <>
            <MenuSeparator />
            {person.disabled ? item("enable", "Enable") : item("disable", "Disable")}
          </>
        )}
        {item("delete", "Delete")}
      </Menu>
      {deed && <Ask deed={deed} person={person} called={called} onClose={() => setDeed(null)} />}
    </>
  );
}

interface AskProps {
  deed: Deed;
  person: Person;
  called: string;
  onClose: () => void;
}

function Ask({ deed, person, called, onClose }: AskProps) {
  const change = useChangePerson();
  const reset = useResetPerson();
  const remove = useDeletePerson();
  const { title, action, text, changes } = QUESTIONS[deed];
  const done = { onSuccess: onClose };
  const confirm = () => {
    if (deed === "reset") reset.mutate(person.id);
    else if (deed === "delete") remove.mutate(person.id, done);
    else change.mutate({ id: person.id, ...changes }, done);
  };
  if (reset.data)
    return (
      <Dialog title="Link for a new password" onClose={onClose}>
        <LinkBox path={reset.data.path} onClose={onClose}>
          <p>
            Give this link to {person.email}. It works once, within an hour.
            {reset.data.mailed && " It was sent by mail, too."}
          </p>
        </LinkBox>
      </Dialog>
    );
  return (
    <Confirm
      title={title(called)}
      action={action}
      isSafe={deed === "reset" || deed === "enable"}
      isBusy={change.isPending || reset.isPending || remove.isPending}
      error={change.error ?? reset.error ?? remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{text}</p>
    </Confirm>
  );
}
