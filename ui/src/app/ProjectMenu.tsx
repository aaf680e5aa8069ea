import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useProjects } from "@/api/access";
import { setScope } from "@/api/scope";
import { useRights, useSession } from "@/api/session";
import { useScope } from "@/app/admission";
import { Icon } from "@/components/Icon";
import { Menu, MenuCheck, MenuLabel } from "@/components/Menu";
import styles from "./Shell.module.css";

/** What does not depend on the project. */
const OF_ALL = ["session", "projects", "organizations", "me", "members", "people", "invitations"];

/** Which project the pages are about; nothing where there is one only. */
export function ProjectMenu() {
  const choice = useProjectChoice();
  if (!choice) return null;
  return (
    <div className={styles.project}>
      <Menu
        trigger={
          <button type="button" className={styles.link} aria-label={`Project: ${choice.name}`}>
            <Icon name="folder" />
            <span>{choice.name}</span>
            <Icon name="down" className={styles.caret} />
          </button>
        }
      >
        <MenuLabel>Project</MenuLabel>
        <ProjectItems />
      </Menu>
    </div>
  );
}

export function ProjectItems() {
  const choice = useProjectChoice();
  return choice?.projects.map((one) => (
    <MenuCheck key={one.id} isChecked={one.id === choice.id} onChange={() => choice.choose(one.id)}>
      {one.name}
    </MenuCheck>
  ));
}

/** The projects to choose from; null where there is nothing to choose. */
export function useProjectChoice() {
  const session = useSession();
  const { rulesAll } = useRights();
  const projects = useProjects(session.data?.authenticated === true).data;
  const { project } = useScope();
  const client = useQueryClient();
  const router = useRouter();
  const isGone = project !== "" && projects?.every((one) => one.id !== project);
  useEffect(() => {
    if (isGone && rulesAll) setScope({ project: "", isBound: false });
  }, [isGone, rulesAll]);
  if (!projects || projects.length < 2) return null;
  const id = project || "default";
  const choose = async (next: string) => {
    setScope({ project: next, isBound: !rulesAll });
    // One trace or user of the project before says nothing of this one.
    const [, first = ""] = router.state.location.pathname.split("/");
    await router.navigate({ to: `/${first}` as "/", search: {} });
    await client.resetQueries({
      predicate: ({ queryKey }) => !OF_ALL.includes(String(queryKey[0])),
    });
  };
  return { projects, id, name: projects.find((one) => one.id === id)?.name ?? id, choose };
}
