import { useOrganizations } from "@/api/access";
import { useMe } from "@/api/me";
import type { Person } from "@/api/model";
import { useRights, useSession } from "@/api/session";
import { Badge } from "@/components/Badge";
import { Loaded } from "@/components/Loaded";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { roleLabel } from "@/pages/members/words";
import { Codes } from "./Codes";
import { NameForm } from "./NameForm";
import { PasswordForm } from "./PasswordForm";
import styles from "./profile.module.css";
import { Sessions } from "./Sessions";
import { Tokens } from "./Tokens";

export function ProfilePage() {
  const session = useSession();
  return (
    <>
      <PageHeader title="Profile" />
      <PageBody>
        <Loaded query={session} failure="It cannot be told who you are">
          {(state) =>
            state.user ? (
              <Own />
            ) : (
              <Empty icon="user" title="You are nobody in particular">
                <p>
                  You did not log in as a user. Names, passwords and personal tokens belong to
                  users.
                </p>
              </Empty>
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

function Own() {
  const me = useMe();
  return (
    <Loaded query={me} failure="Your profile cannot be shown">
      {(person) => (
        <>
          <div className={styles.columns}>
            <Identity person={person} />
            <PasswordForm person={person} />
            <Codes person={person} />
          </div>
          <Tokens />
          <Sessions />
        </>
      )}
    </Loaded>
  );
}

function Identity({ person }: { person: Person }) {
  const { user } = useRights();
  const organizations = useOrganizations();
  const nameOf = (id: string) => organizations.data?.find((one) => one.id === id)?.name ?? id;
  return (
    <section className={styles.card} aria-label="You">
      <h2>You</h2>
      <NameForm person={person} />
      <dl className={styles.facts}>
        <dt>Address</dt>
        <dd>{person.email}</dd>
        <dt>You are</dt>
        <dd className={styles.badges}>
          {person.is_root && <Badge tone="accent">may do everything</Badge>}
          {user?.places.map((place) => (
            <Badge key={place.organization} title={place.permissions.join(", ")}>
              {roleLabel(place.role)} of {nameOf(place.organization)}
            </Badge>
          ))}
          {!person.is_root && user?.places.length === 0 && "a member of no organization"}
        </dd>
      </dl>
    </section>
  );
}
