import { useProjects } from "@/api/access";
import type { Permission } from "@/api/model";
import { currentScope } from "@/api/scope";
import { useRights } from "@/api/session";

/** Whether something may be done in the project that the pages are about. */
export function useMayHere(permission: Permission): boolean {
  const { rulesAll, may } = useRights();
  const projects = useProjects(!rulesAll);
  const id = currentScope().project || "default";
  const organization = projects.data?.find((one) => one.id === id)?.organization ?? "";
  return may(permission, organization, id);
}
