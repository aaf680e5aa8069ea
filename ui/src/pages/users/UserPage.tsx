import { getRouteApi, Link } from "@tanstack/react-router";
import { useGroup } from "@/api/groups";
import { useMayHere } from "@/api/rights";
import { Badge } from "@/components/Badge";
import { Icon } from "@/components/Icon";
import { PageHeader } from "@/components/PageHeader";
import { ErrorState, Skeleton } from "@/components/States";
import { count } from "@/lib/format";
import { Fact, GroupFacts, Timeline } from "@/pages/sessions/GroupFacts";
import styles from "@/pages/sessions/GroupsPage.module.css";
import { Activity } from "./Activity";
import { ForgetUser } from "./ForgetUser";

const route = getRouteApi("/users/$userId");

export function UserPage() {
  const { userId } = route.useParams();
  const user = useGroup("end-users", userId);
  const mayForget = useMayHere("project.manage");
  return (
    <>
      <PageHeader
        title={userId}
        lead={
          <Link to="/users" search={{}} className={styles.back} aria-label="Back to the users">
            <Icon name="left" />
            Users
          </Link>
        }
      />
      <div className={styles.body}>
        {user.data ? (
          <>
            <GroupFacts group={user.data}>
              <Fact label="Segment">
                <Badge>{user.data.segment}</Badge>
              </Fact>
              <Fact label="Active days">{count(user.data.active_days)}</Fact>
              <Fact label="Sessions">
                <Link to="/sessions" search={{ user: userId }}>
                  {count(user.data.sessions)}
                </Link>
              </Fact>
            </GroupFacts>
            <Activity traces={user.data.timeline} />
            {mayForget && <ForgetUser userId={userId} />}
            <Timeline traces={[...user.data.timeline].reverse().slice(0, 200)} />
          </>
        ) : user.error ? (
          <ErrorState title="The user cannot be loaded" error={user.error} onRetry={user.refetch} />
        ) : (
          <Skeleton height={240} />
        )}
      </div>
    </>
  );
}
