/** What of the audit log is shown, as the URL holds it. */
import type { Params } from "@/api/http";
import { type RangeSearch, rangeParams, readRange } from "@/lib/timerange";

export const ACTIONS = [
  { value: "", label: "All actions" },
  { value: "key.", label: "Keys" },
  { value: "project.", label: "Projects" },
  { value: "organization.", label: "Organizations" },
  { value: "user.", label: "Users" },
  { value: "session.", label: "Log-ins" },
  { value: "credential.", label: "Credentials" },
  { value: "route.", label: "Routes" },
  { value: "policy.", label: "Policies" },
  { value: "configuration.", label: "Configuration" },
  { value: "guard.", label: "Guard" },
  { value: "spans.", label: "Deletions" },
  { value: "personal.", label: "Erasures" },
] as const;

export const OUTCOMES = [
  { value: "", label: "All outcomes" },
  { value: "done", label: "Done" },
  { value: "refused", label: "Refused" },
  { value: "failed", label: "Failed" },
  { value: "unknown", label: "Unknown" },
] as const;

export interface AuditSearch extends RangeSearch {
  organization?: string;
  action?: string;
  outcome?: string;
  actor?: string;
  target?: string;
}

const FIELDS = ["organization", "action", "outcome", "actor", "target"] as const;

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = readRange(search);
  for (const name of FIELDS) {
    const value = search[name];
    if (typeof value === "string" && value) found[name] = value.slice(0, 200);
  }
  return found;
}

export function auditParams(search: AuditSearch): Params {
  const params: Params = rangeParams(search);
  for (const name of FIELDS) if (search[name]) params[name] = search[name];
  return params;
}
