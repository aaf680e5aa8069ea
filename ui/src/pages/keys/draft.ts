/** A key while it is edited. */
import type { Key, KeyBody } from "@/api/model";
import { type AllowanceDraft, allowanceBody, allowanceDraft } from "@/components/allowance/draft";

export interface KeyDraft {
  name: string;
  project: string;
  owner: string;
  models: string;
  routes: string;
  endpoints: string;
  ips: string;
  /** As the browser's field has it, in local time. */
  expires: string;
  /** One `name=value` a line. */
  metadata: string;
  allowance: AllowanceDraft;
}

const lines = (entries: Record<string, string>) =>
  Object.entries(entries)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");

/** `2026-03-04T10:00` of local time. */
function localField(iso: string | null): string {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function keyDraft(given?: Key): KeyDraft {
  return {
    name: given?.name ?? "",
    project: given?.project ?? "default",
    owner: given?.owner ?? "",
    models: (given?.models ?? []).join(", "),
    routes: (given?.routes ?? []).join(", "),
    endpoints: (given?.endpoints ?? []).join(", "),
    ips: (given?.ips ?? []).join(", "),
    expires: localField(given?.expires_at ?? null),
    metadata: lines(given?.metadata ?? {}),
    allowance: allowanceDraft(given),
  };
}

const words = (text: string) => text.split(/[\s,]+/).filter(Boolean);

function pairs(text: string): Record<string, string> {
  const found = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
  return Object.fromEntries(found);
}

export function keyBody(draft: KeyDraft): KeyBody {
  return {
    project: draft.project,
    name: draft.name.trim(),
    owner: draft.owner.trim(),
    models: words(draft.models),
    routes: words(draft.routes),
    endpoints: words(draft.endpoints),
    ips: words(draft.ips),
    expires_at: draft.expires ? new Date(draft.expires).toISOString() : null,
    metadata: pairs(draft.metadata),
    ...allowanceBody(draft.allowance),
  };
}

/** What changes of a key; a time of expiry that was not touched is not sent, it may have passed. */
export function keyChanges(draft: KeyDraft, given: Key) {
  const { project: _stays, expires_at, ...rest } = keyBody(draft);
  const isSame = draft.expires === localField(given.expires_at);
  return {
    ...rest,
    owner: rest.owner ?? "",
    metadata: rest.metadata ?? {},
    ...(isSame ? {} : { expires_at }),
  };
}
