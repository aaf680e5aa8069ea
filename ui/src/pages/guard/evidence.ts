/** What is known beside a text that a policy is tried on, as it is typed. */

import type { Evidence, Policy } from "@/api/policies";

export type EvidenceField = keyof Evidence;
export type EvidenceDraft = Record<EvidenceField, string>;

/** What each detector compares a text with. */
const COMPARES: Record<string, readonly EvidenceField[]> = {
  leak: ["system_prompt", "canaries"],
  schema: ["schema"],
  tool_calls: ["tool_name", "tools"],
  relevance: ["question"],
  completeness: ["question"],
  llama_guard: ["question"],
  webhook: ["question", "tool_name"],
  citation: ["question", "sources"],
  groundedness: ["sources"],
};
const REMOTE = new Set(["judge", "llama_guard", "openai_moderation", "webhook"]);
const JSONS: ReadonlySet<EvidenceField> = new Set(["schema", "tools"]);

export const NO_EVIDENCE: EvidenceDraft = {
  system_prompt: "",
  canaries: "",
  question: "",
  sources: "",
  schema: "",
  tool_name: "",
  tools: "",
};
const ORDER = Object.keys(NO_EVIDENCE) as EvidenceField[];

/** What the rules of a policy compare with, each once. */
export function comparedBy(policy: Policy): EvidenceField[] {
  const wanted = new Set((policy.rules ?? []).flatMap((rule) => COMPARES[rule.detector] ?? []));
  return ORDER.filter((field) => wanted.has(field));
}

/** Whether trying it asks models or services, which may cost money. */
export function asksOthers(policy: Policy): boolean {
  return (policy.rules ?? []).some(
    (rule) =>
      REMOTE.has(rule.detector) ||
      Boolean(rule.options?.model && ["relevance", "groundedness"].includes(rule.detector)) ||
      rule.actions?.some((action) => action.kind === "escalate"),
  );
}

/** Where a text has to stand for the policy to look at it; what the user says, if it may. */
export function firstPlace(policy: Policy): string {
  const places = (policy.rules ?? []).flatMap((rule) => rule.where ?? ["input"]);
  return places.includes("input") ? "input" : (places[0] ?? "input");
}

/** Fields that are no JSON yet. */
export function faultsOf(draft: EvidenceDraft): Partial<Record<EvidenceField, string>> {
  const faults: Partial<Record<EvidenceField, string>> = {};
  for (const field of JSONS) {
    if (draft[field].trim() && parsed(draft[field]) === undefined) faults[field] = "Not JSON yet.";
  }
  const tools = parsed(draft.tools);
  if (tools !== undefined && (tools === null || typeof tools !== "object" || Array.isArray(tools)))
    faults.tools = "An object: names of tools with the schemas of their arguments.";
  return faults;
}

/** As the API takes it: only the fields asked for, and of these only what can be read. */
export function evidenceOf(draft: EvidenceDraft, fields: readonly EvidenceField[]): Evidence {
  const faults = faultsOf(draft);
  const known: Record<string, unknown> = {};
  for (const field of fields) {
    const text = draft[field];
    if (!text.trim() || faults[field]) continue;
    if (JSONS.has(field)) known[field] = parsed(text);
    else if (field === "canaries") known[field] = pieces(text, /\n/);
    else if (field === "sources") known[field] = pieces(text, /\n\s*\n/);
    else known[field] = text;
  }
  return known as Evidence;
}

function pieces(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((piece) => piece.trim())
    .filter(Boolean);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
