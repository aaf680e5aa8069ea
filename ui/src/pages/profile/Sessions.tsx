import { useEndSession, useMySessions } from "@/api/me";
import type { OpenSession } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Refusal } from "@/components/Form";
import { Loaded } from "@/components/Loaded";
import { Table } from "@/components/Table";
import { agentName } from "@/lib/agents";
import { dateTime } from "@/lib/format";
import styles from "./profile.module.css";

/** Where one is logged in. */
export function Sessions() {
  const sessions = useMySessions();
  const end = useEndSession();
  const hasOthers = sessions.data?.some((one) => !one.current) ?? false;
  return (
    <section className={styles.stack} aria-label="Sessions">
      <div className={styles.head}>
        <h2>Sessions</h2>
        {hasOthers && (
          <Button disabled={end.isPending} onClick={() => end.mutate(undefined)}>
            End all others
          </Button>
        )}
      </div>
      <p className={styles.note}>Where you are logged in. What you do not know, end it.</p>
      {end.error && <Refusal error={end.error} />}
      <Loaded query={sessions} failure="Your sessions cannot be shown" height={80}>
        {(items) =>
          items.length > 0 && (
            <Table
              label="Sessions"
              columns={[
                { label: "Browser" },
                { label: "Address" },
                { label: "Since" },
                { label: "Until" },
                { label: "" },
              ]}
            >
              {items.map((one) => (
                <SessionRow
                  key={one.id}
                  session={one}
                  isBusy={end.isPending}
                  onEnd={() => end.mutate(one.id)}
                />
              ))}
            </Table>
          )
        }
      </Loaded>
    </section>
  );
}

interface SessionRowProps {
  session: OpenSession;
  isBusy: boolean;
  onEnd: () => void;
}

function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const name = agentName(session.agent);
  return (
    <tr>
      <td title={session.agent}>
        {name} {session.current && <Badge tone="good">this one</Badge>}
      </td>
      <td>{session.address}</td>
      <td>{dateTime(new Date(session.began_time))}</td>
      <td>{dateTime(new Date(session.expires_time))}</td>
      <td className={styles.last}>
        {!session.current && (
          <Button isSmall disabled={isBusy} aria-label={`End ${name}`} onClick={onEnd}>
            End
          </Button>
        )}
      </td>
    </tr>
  );
}
