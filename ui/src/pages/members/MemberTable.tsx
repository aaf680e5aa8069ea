import { useState } from "react";
import { useProjects } from "@/api/access";
import type { Member, Organization, Project } from "@/api/model";
import { useMembers, useRemoveMember } from "@/api/people";
import { useRights } from "@/api/session";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Loaded } from "@/components/Loaded";
import { Empty } from "@/components/States";
import { Table } from "@/components/Table";
import styles from "./members.module.css";
import { PlaceDialog } from "./PlaceDialog";
import { OWNERS_ROLES, roleLabel } from "./words";

/** Who belongs to an organization, and as what. */
export function MemberTable({ organization }: { organization: Organization }) {
  const members = useMembers(organization.id);
  return (
    <Loaded query={members} failure="The members cannot be shown">
      {(items) =>
        items.length === 0 ? (
          <Empty icon="user" title={`${organization.name} has no members yet`}>
            <p>Invite somebody: you get a link to pass on.</p>
          </Empty>
        ) : (
          <div className={styles.compact}>
            <Table
              label={`Members of ${organization.name}`}
              columns={[
                { label: "Member" },
                { label: "Role" },
                { label: "Projects" },
                { label: "" },
              ]}
            >
              {items.map((member) => (
                <MemberRow key={member.user.id} member={member} organization={organization} />
              ))}
            </Table>
          </div>
        )
      }
    </Loaded>
  );
}

export function projectNames(ids: readonly string[], known: readonly Project[] | undefined) {
  if (ids.length === 0) return "All";
  return ids.map((id) => known?.find((one) => one.id === id)?.name ?? id).join(", ");
}

function MemberRow({ member, organization }: { member: Member; organization: Organization }) {
  const projects = useProjects();
  const { may, user } = useRights();
  const { user: person, role } = member;
  const isLocked = OWNERS_ROLES.includes(role) && !may("organization.manage", organization.id);
  return (
    <tr>
      <td>
        <PersonName name={person.name} email={person.email} isMe={person.id === user?.id} />
        {person.disabled && <Badge tone="warn">disabled</Badge>}
      </td>
      <td>
        <Badge
          tone={role === "owner" ? "accent" : "neutral"}
          title={[...member.permissions].join(", ")}
        >
          {roleLabel(role)}
        </Badge>
      </td>
      <td>{projectNames(member.projects, projects.data)}</td>
      <td className={styles.last}>
        {isLocked ? (
          <span className={styles.note}>Changed by owners</span>
        ) : (
          <Actions member={member} organization={organization} />
        )}
      </td>
    </tr>
  );
}

interface PersonNameProps {
  name: string;
  email: string;
  isMe: boolean;
}

export function PersonName({ name, email, isMe }: PersonNameProps) {
  return (
    <span className={styles.person}>
      <span>
        {name || email}
        {isMe && <i> (you)</i>}
      </span>
      {name && <small>{email}</small>}
    </span>
  );
}

function Actions({ member, organization }: { member: Member; organization: Organization }) {
  const [open, setOpen] = useState<"place" | "remove" | null>(null);
  const remove = useRemoveMember(organization.id);
  const called = member.user.name || member.user.email;
  const close = () => setOpen(null);
  return (
    <span className={styles.deeds}>
      <Button isSmall aria-label={`Change the place of ${called}`} onClick={() => setOpen("place")}>
        Change
      </Button>
      <Button
        kind="ghost"
        icon="trash"
        isSmall
        aria-label={`Remove ${called}`}
        onClick={() => setOpen("remove")}
      />
      {open === "place" && (
        <PlaceDialog member={member} organization={organization} onClose={close} />
      )}
      {open === "remove" && (
        <Confirm
          title={`Remove ${called}?`}
          action="Remove"
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(member.user.id, { onSuccess: close })}
          onClose={close}
        >
          <p>
            {called} loses what the role in {organization.name} allows, at once, and so do their
            personal tokens. The user stays.
          </p>
        </Confirm>
      )}
    </span>
  );
}
