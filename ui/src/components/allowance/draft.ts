/** Budgets and limits while they are edited: every figure a text, so that what was typed stays. */
import type { FieldError } from "@/api/http";
import type { Budget, BudgetBody, Limits } from "@/api/model";

export const WINDOWS = [
  { value: "total", label: "in all" },
  { value: "month", label: "a calendar month" },
  { value: "30d", label: "any 30 days" },
  { value: "1d", label: "any 24 hours" },
  { value: "1h", label: "any hour" },
] as const;

export const ACTIONS = [
  { value: "block", label: "refuse calls (429)" },
  { value: "throttle", label: "let 6 calls a minute through" },
  { value: "reroute", label: "let a cheaper model answer" },
] as const;

export const ON_FAILURE = [
  { value: "open", label: "go on without the limit" },
  { value: "closed", label: "get 503" },
] as const;

export interface BudgetDraft {
  /** Stays with the budget while others go. */
  key: number;
  limit_usd: string;
  window: Budget["window"];
  action: Budget["action"];
  reroute_to: string;
  soft: string;
  timezone: string;
}

export interface AllowanceDraft {
  budgets: BudgetDraft[];
  rpm: string;
  tpm: string;
  concurrency: string;
  usd_per_minute: string;
  on_failure: "open" | "closed";
}

let lastKey = 0;

export function newBudget(): BudgetDraft {
  lastKey += 1;
  return {
    key: lastKey,
    limit_usd: "",
    window: "month",
    action: "block",
    reroute_to: "",
    soft: "80",
    timezone: "UTC",
  };
}

export const RATES = ["rpm", "tpm", "concurrency", "usd_per_minute"] as const;

interface Given {
  budgets: Budget[];
  limits: Limits;
  on_failure: "open" | "closed";
}

/** `12.500000` as people write it. */
export const shortUsd = (usd: string) => usd.replace(/\.?0+$/, "") || "0";

const text = (value: number | string | null | undefined) =>
  value == null ? "" : typeof value === "string" ? shortUsd(value) : String(value);

export function allowanceDraft(given?: Given): AllowanceDraft {
  const limits = given?.limits;
  return {
    budgets: (given?.budgets ?? []).map((budget) => ({
      ...newBudget(),
      limit_usd: shortUsd(budget.limit_usd),
      window: budget.window,
      action: budget.action,
      reroute_to: budget.reroute_to,
      soft: budget.soft.map((share) => Number((share * 100).toFixed(4))).join(", "),
      timezone: budget.timezone,
    })),
    rpm: text(limits?.rpm),
    tpm: text(limits?.tpm),
    concurrency: text(limits?.concurrency),
    usd_per_minute: text(limits?.usd_per_minute),
    on_failure: given?.on_failure ?? "open",
  };
}

/** What is no number goes to the server as it was typed: its answer says what was expected. */
function whole(typed: string): number | null {
  const plain = typed.trim().replace(/[ _,']/g, "");
  if (!plain) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : (typed as unknown as number);
}

/** Money goes as a text: no digit is lost on the way. */
const usd = (typed: string) => typed.trim().replace(/^\$/, "").replace(",", ".");

const shares = (typed: string) =>
  typed
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map((percent) => Number(percent.replace("%", "")) / 100);

function budgetBody(draft: BudgetDraft): BudgetBody {
  return {
    limit_usd: usd(draft.limit_usd),
    window: draft.window,
    action: draft.action,
    reroute_to: draft.action === "reroute" ? draft.reroute_to.trim() : "",
    soft: shares(draft.soft),
    timezone: draft.timezone.trim() || "UTC",
  };
}

export function allowanceBody(draft: AllowanceDraft) {
  return {
    budgets: draft.budgets.map(budgetBody),
    limits: {
      rpm: whole(draft.rpm),
      tpm: whole(draft.tpm),
      concurrency: whole(draft.concurrency),
      usd_per_minute: usd(draft.usd_per_minute) || null,
    },
    on_failure: draft.on_failure,
  };
}

/** What the server says of a field: of itself or of an entry of its list. */
export function fieldError(errors: readonly FieldError[], name: string): string | undefined {
  return errors.find(
    (error) =>
      error.name === name || error.name.startsWith(`${name}[`) || error.name.startsWith(`${name}.`),
  )?.expected;
}
