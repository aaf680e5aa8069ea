/** Filters of the list of keys, as parameters of the URL. */
import type { KeyFilters } from "@/api/access";

const NAMES = ["project", "owner", "status", "q"] as const;

export function readKeySearch(search: Record<string, unknown>): KeyFilters {
  const found: KeyFilters = {};
  for (const name of NAMES) {
    const value = search[name];
    if (typeof value === "string" && value) found[name] = value;
  }
  return found;
}
