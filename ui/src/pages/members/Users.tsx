import { useState } from "react";
import type { Person } from "@/api/model";
import { usePeople } from "@/api/people";
import { useRights } from "@/api/session";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Loaded } from "@/components/Loaded";
import { Table } from "@/components/Table";
import { dateTime } from "@/lib/format";
import { PersonName } from "./MemberTable";
import styles from "./members.module.css";
import { UserActions } from "./UserActions";
import { UserDialog } from "./UserDialog";

/** Everybody who may log in to this installation. */
export function Users() {
  const people = usePeople();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className={styles.tools}>
        <p className={styles.note}>
          Everybody who may log in here. What they see is told by the organizations they belong to.
        </p>
        <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
          New user
        </Button>
      </div>
      <Loaded query={people} failure="The users cannot be shown">
        {(items) => (
          <div className={styles.compact}>
            <Table
              label="Users"
              columns={[
                { label: "User" },
                { label: "State" },
                { label: "Log-in" },
                { label: "Since" },
                { label: "" },
              ]}
            >
              {items.map((person) => (
                <UserRow key={person.id} person={person} />
              ))}
            </Table>
          </div>
        )}
      </Loaded>
      {isOpen && <UserDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function UserRow({ person }: { person: Person }) {
  const { user } = useRights();
  return (
    <tr>
      <td>
        <PersonName name={person.name} email={person.email} isMe={person.id === user?.id} />
      </td>
      <td>
        <span className={styles.badges}>
          {person.disabled ? (
            <Badge tone="warn">disabled</Badge>
          ) : (
            <Badge tone="good">active</Badge>
          )}
          {person.is_root && <Badge tone="accent">may do everything</Badge>}
        </span>
      </td>
      <td>
        <span className={styles.badges}>
          {person.has_password ? <Badge>password</Badge> : <Badge tone="warn">no password</Badge>}
          {person.has_totp && <Badge tone="good">one-time codes</Badge>}
        </span>
      </td>
      <td>{dateTime(new Date(person.created_time)).slice(0, 10)}</td>
      <td className={styles.last}>
        <UserActions person={person} isMe={person.id === user?.id} />
      </td>
    </tr>
  );
}
