import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Organization } from "@/api/model";
import { useOwnOrganizations } from "@/api/rights";
import { useRights, useSession } from "@/api/session";
import { Button } from "@/components/Button";
import { Loaded } from "@/components/Loaded";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Segmented } from "@/components/Segmented";
import { Empty } from "@/components/States";
import { FirstUser } from "./FirstUser";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { MemberTable } from "./MemberTable";
import styles from "./members.module.css";
import { Users } from "./Users";

const route = getRouteApi("/members");
const TABS = [
  { value: "members", label: "Members" },
  { value: "users", label: "All users" },
] as const;

export function MembersPage() {
  const session = useSession();
  return (
    <Loaded query={session} failure="It cannot be told who may log in">
      {(state) => (state.users ? <People /> : <FirstUser />)}
    </Loaded>
  );
}

function People() {
  const { rulesAll } = useRights();
  const { tab = "members", organization } = route.useSearch();
  const navigate = route.useNavigate();
  const organizations = useOwnOrganizations("members.manage");
  const own = organizations.data ?? [];
  const chosen = own.find((one) => one.id === organization) ?? own[0];
  const isUsers = rulesAll && tab === "users";
  return (
    <>
      <PageHeader title="Members">
        {rulesAll && (
          <Segmented
            label="Who to show"
            value={tab}
            options={TABS}
            onChange={(next) => navigate({ search: next === "users" ? { tab: next } : {} })}
          />
        )}
        {!isUsers && own.length > 1 && chosen && (
          <select
            className={styles.select}
            aria-label="Organization"
            value={chosen.id}
            onChange={(event) => navigate({ search: { organization: event.target.value } })}
          >
            {own.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
        {!isUsers && chosen && <InviteButton organization={chosen} />}
      </PageHeader>
      <PageBody>
        {isUsers ? (
          <Users />
        ) : (
          <Loaded query={organizations} failure="The organizations cannot be shown">
            {() =>
              chosen ? (
                <>
                  <MemberTable organization={chosen} />
                  <Invitations organization={chosen} />
                </>
              ) : (
                <Empty icon="lock" title="Members are not yours to manage">
                  <p>
                    Ask an owner or an admin of your organization for the permission{" "}
                    <code>members.manage</code>.
                  </p>
                </Empty>
              )
            }
          </Loaded>
        )}
      </PageBody>
    </>
  );
}

function InviteButton({ organization }: { organization: Organization }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        Invite
      </Button>
      {isOpen && <InviteDialog organization={organization} onClose={() => setOpen(false)} />}
    </>
  );
}
