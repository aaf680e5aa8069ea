/** Names for the ids that money is counted under. */
import { useMemo } from "react";
import { useKeyList, useOrganizations, useProjects } from "@/api/access";
import { useMayHere } from "@/api/rights";

export type Naming = (scope: string, id: string) => string;

/** What a scope's id is called; the id itself where nobody knows. */
export function useNames(): Naming {
  const projects = useProjects();
  const organizations = useOrganizations();
  const keys = useKeyList({}, useMayHere("keys.manage"));
  return useMemo(() => {
    const known: Record<string, Map<string, string>> = {
      project: new Map(projects.data?.map((one) => [one.id, one.name])),
      organization: new Map(organizations.data?.map((one) => [one.id, one.name])),
      key: new Map(
        keys.data?.pages.flatMap((page) => page.items.map((one) => [one.id, one.name] as const)),
      ),
    };
    return (scope, id) => known[scope]?.get(id) ?? id;
  }, [projects.data, organizations.data, keys.data]);
}
