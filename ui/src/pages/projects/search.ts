/** Which tenant is edited, or made where no id is given. */
import type { TenantKind } from "@/api/access";
import { readEditedId } from "@/lib/search";

export interface TenantSearch {
  id?: string;
  kind?: TenantKind;
}

export function readTenantSearch(search: Record<string, unknown>): TenantSearch {
  const found: TenantSearch = readEditedId(search);
  return search.kind === "organizations" ? { ...found, kind: "organizations" } : found;
}
