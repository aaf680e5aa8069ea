import { useState } from "react";
import { useProjects } from "@/api/access";
import type { Invitation, Organization } from "@/api/model";
import { useInvitations, useWithdraw } from "@/api/people";
import { useRights } from "@/api/session";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Loaded } from "@/components/Loaded";
import { Table } from "@/components/Table";
import { dateTime } from "@/lib/format";
import { projectNames } from "./MemberTable";
import styles from "./members.module.css";
import { roleLabel } from "./words";

/** Those that wait to be accepted. */
export function Invitations({ organization }: { organization: Organization }) {
  const invitations = useInvitations(organization.id);
  const projects = useProjects();
  return (
    <section className={styles.stack} aria-label="Invitations that wait">
      <h2>Invitations that wait</h2>
      <Loaded query={invitations} failure="The invitations cannot be shown" height={80}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.note}>None.</p>
          ) : (
            <div className={styles.compact}>
              <Table
                label="Invitations"
                columns={[
                  { label: "Address" },
                  { label: "Role" },
                  { label: "Projects" },
                  { label: "Until" },
                  { label: "" },
                ]}
              >
                {items.map((one) => (
                  <tr key={one.id}>
                    <td>{one.email}</td>
                    <td>
                      <Badge>{roleLabel(one.role)}</Badge>
                    </td>
                    <td>{projectNames(one.projects, projects.data)}</td>
                    <td>{dateTime(new Date(one.expires_time))}</td>
                    <td className={styles.last}>
                      <Withdraw invitation={one} />
                    </td>
                  </tr>
                ))}
              </Table>
            </div>
          )
        }
      </Loaded>
    </section>
  );
}

function Withdraw({ invitation }: { invitation: Invitation }) {
  const [isOpen, setOpen] = useState(false);
  const withdraw = useWithdraw();
  const { may } = useRights();
  if (!may("members.manage", invitation.organization)) return null;
  return (
    <>
      <Button
        isSmall
        aria-label={`Withdraw the invitation of ${invitation.email}`}
        onClick={() => setOpen(true)}
      >
        Withdraw
      </Button>
      {isOpen && (
        <Confirm
          title={`Withdraw the invitation of ${invitation.email}?`}
          action="Withdraw"
          isBusy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate(invitation.id, { onSuccess: () => setOpen(false) })}
          onClose={() => setOpen(false)}
        >
          <p>The link works no more.</p>
        </Confirm>
      )}
    </>
  );
}
