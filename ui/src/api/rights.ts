import { useMemo } from "react";
import { useOrganizations, useProjects } from "@/api/access";
import type { Permission } from "@/api/model";
import { currentScope } from "@/api/scope";
import { useRights } from "@/api/session";
import type { Access } from "@/lib/rights";

/** What may be done, and what of it in the project that the pages are about. */
export function useAccess(): Access {
  const rights = useRights();
  const projects = useProjects(!rights.rulesAll);
  const id = currentScope().project || "default";
  const organization = projects.data?.find((one) => one.id === id)?.organization ?? "";
  return useMemo(
    () => ({ ...rights, here: (permission) => rights.may(permission, organization, id) }),
    [rights, organization, id],
  );
}

/** Whether something may be done in the project that the pages are about. */
export function useMayHere(permission: Permission): boolean {
  return useAccess().here(permission);
}

/** The organizations in all of which something may be done. */
export function useOwnOrganizations(permission: Permission) {
  const { may } = useRights();
  const organizations = useOrganizations();
  const own = organizations.data?.filter((one) => may(permission, one.id));
  return { ...organizations, data: own };
}

/** The projects in which something may be done. */
export function useOwnProjects(permission: Permission) {
  const { may } = useRights();
  const projects = useProjects();
  return (projects.data ?? []).filter((one) => may(permission, one.organization, one.id));
}
