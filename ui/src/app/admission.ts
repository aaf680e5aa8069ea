/** Who may see what is settled before the pages ask: which project they are about. */
import { useEffect, useSyncExternalStore } from "react";
import { useProjects } from "@/api/access";
import { apiUrl } from "@/api/http";
import { useLiveConnection } from "@/api/live";
import type { Project } from "@/api/model";
import { currentScope, setScope, subscribeScope } from "@/api/scope";
import { useRights, useSession } from "@/api/session";

export const useScope = () => useSyncExternalStore(subscribeScope, currentScope);

export type Admission = "pending" | "ready" | "nowhere";

/** `nowhere`: a member of no project. Whoever sees some projects only has one of them chosen. */
export function useAdmission(isLogin: boolean): Admission {
  const session = useSession();
  const { user, rulesAll, may } = useRights();
  const projects = useProjects(user !== null && !rulesAll);
  const scope = useScope();
  const connection = useLiveConnection();
  const project = rulesAll ? scope.project : pick(projects.data, scope.project);
  useEffect(() => {
    if (project !== undefined) setScope({ project, isBound: !rulesAll });
  }, [project, rulesAll]);
  const isChosen = scope.isBound === !rulesAll && (rulesAll || project === scope.project);
  const isSettled = session.isError || projects.isError || (session.isSuccess && isChosen);
  const chosen = projects.data?.find((one) => one.id === project);
  const isFollowed = rulesAll || (chosen && may("calls.read", chosen.organization, chosen.id));
  const feed = !isLogin && isSettled && isChosen && isFollowed ? apiUrl("/live") : "";
  useEffect(() => {
    if (feed) connection.open(feed);
    return () => connection.close();
  }, [feed, connection]);
  if (!isSettled) return projects.data?.length === 0 ? "nowhere" : "pending";
  return "ready";
}

/** The one that was chosen where it is among them, else the first. */
function pick(projects: readonly Project[] | undefined, chosen: string): string | undefined {
  const wanted = chosen || "default";
  return (projects?.find((one) => one.id === wanted) ?? projects?.[0])?.id;
}
