/** Which organization is looked at, or the users of the whole installation. */
export interface MembersSearch {
  organization?: string;
  tab?: "users";
}

export function readMembersSearch(search: Record<string, unknown>): MembersSearch {
  const found: MembersSearch = {};
  if (typeof search.organization === "string" && search.organization.length <= 80)
    found.organization = search.organization;
  if (search.tab === "users") found.tab = "users";
  return found;
}
