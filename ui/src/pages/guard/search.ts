import type { FindingFilter } from "@/api/guard";
import { type RangeSearch, readRange } from "@/lib/timerange";

export interface FindingsSearch extends RangeSearch, FindingFilter {
  id?: string;
}

const FIELDS = ["detector", "kind", "policy", "rule", "mode", "action", "id"] as const;

/** What stands in the URL, with nonsense left out. */
export function readFindingsSearch(search: Record<string, unknown>): FindingsSearch {
  const found: FindingsSearch = readRange(search);
  for (const field of FIELDS) {
    const value = search[field];
    if (typeof value === "string" && value && value.length <= 200) found[field] = value;
  }
  return found;
}

export interface EditSearch {
  /** The policy that is changed. */
  name?: string;
  /** The policy that a new one begins as. */
  from?: string;
}

export function readEditSearch(search: Record<string, unknown>): EditSearch {
  const found: EditSearch = {};
  if (typeof search.name === "string" && search.name) found.name = search.name;
  if (typeof search.from === "string" && search.from) found.from = search.from;
  return found;
}
