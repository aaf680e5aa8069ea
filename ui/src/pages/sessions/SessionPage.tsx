import { getRouteApi, Link } from "@tanstack/react-router";
import { useGroup } from "@/api/groups";
import { Icon } from "@/components/Icon";
import { PageHeader } from "@/components/PageHeader";
import { Segmented } from "@/components/Segmented";
import { ErrorState, Skeleton } from "@/components/States";
import { Fact, GroupFacts, Timeline } from "./GroupFacts";
import styles from "./GroupsPage.module.css";
import { Replay } from "./Replay";

const route = getRouteApi("/sessions/$sessionId");
const VIEWS = [
  { value: "replay", label: "Replay" },
  { value: "traces", label: "Traces" },
] as const;

export function SessionPage() {
  const { sessionId } = route.useParams();
  const { view = "replay" } = route.useSearch();
  const navigate = route.useNavigate();
  const session = useGroup("sessions", sessionId);
  return (
    <>
      <PageHeader
        title={sessionId}
        lead={
          <Link
            to="/sessions"
            search={{}}
            className={styles.back}
            aria-label="Back to the sessions"
          >
            <Icon name="left" />
            Sessions
          </Link>
        }
      >
        <Segmented
          label="View"
          value={view}
          options={VIEWS}
          onChange={(next) => navigate({ search: { view: next }, replace: true })}
        />
      </PageHeader>
      <div className={styles.body}>
        {session.data ? (
          <>
            <GroupFacts group={session.data}>
              {session.data.users.map((user) => (
                <Fact key={user} label="User">
                  <Link to="/users/$userId" params={{ userId: user }}>
                    {user}
                  </Link>
                </Fact>
              ))}
            </GroupFacts>
            {view === "replay" ? (
              <Replay sessionId={sessionId} />
            ) : (
              <Timeline traces={session.data.timeline} />
            )}
          </>
        ) : session.error ? (
          <ErrorState
            title="The session cannot be loaded"
            error={session.error}
            onRetry={session.refetch}
          />
        ) : (
          <Skeleton height={240} />
        )}
      </div>
    </>
  );
}
