/** Budgets and limits in a few words. */
import type { Budget, BudgetUsage, HeldLimit, Limits } from "@/api/model";
import { count, money } from "@/lib/format";
import { WINDOWS } from "./draft";

type Named = Pick<Budget, "limit_usd" | "window">;

const SHORT: Record<Budget["window"], string> = {
  total: "in all",
  month: "a month",
  "30d": "in 30 days",
  "1d": "a day",
  "1h": "an hour",
};

export const budgetText = (budget: Named) => `${money(budget.limit_usd)} ${SHORT[budget.window]}`;

export const windowText = (window: Budget["window"]) =>
  WINDOWS.find(({ value }) => value === window)?.label ?? window;

export function actionText(budget: Pick<Budget, "action" | "reroute_to">): string {
  if (budget.action === "block") return "then calls are refused";
  if (budget.action === "throttle") return "then 6 calls a minute";
  return budget.reroute_to
    ? `then ${budget.reroute_to} answers`
    : "then the cheapest target answers";
}

export function limitsText(limits: Limits): string[] {
  return [
    limits.rpm !== null && `${count(limits.rpm)} requests/min`,
    limits.tpm !== null && `${count(limits.tpm)} tokens/min`,
    limits.concurrency !== null && `${count(limits.concurrency)} at a time`,
    limits.usd_per_minute !== null && `${money(limits.usd_per_minute)}/min`,
  ].filter((text) => text !== false);
}

export const UNITS: Record<HeldLimit["unit"], string> = {
  requests: "requests a minute",
  tokens: "tokens a minute",
  concurrency: "calls at a time",
  cost: "USD a minute",
};

export interface Fill {
  /** Of the limit that is spent. */
  share: number;
  held: number;
  tone: "good" | "warn" | "bad";
  word: string;
}

/** How full a budget is, and how that is to be taken. */
export function fillOf(budget: BudgetUsage): Fill {
  const limit = Number(budget.limit_usd);
  const part = (usd: string) => (limit > 0 ? Number(usd) / limit : 1);
  const share = part(budget.spent_usd);
  const soft = Math.min(...budget.soft, 1);
  const tone = share >= 1 ? "bad" : share >= soft ? "warn" : "good";
  const word = { good: "within", warn: "nearly spent", bad: "spent" }[tone];
  return { share, held: limit > 0 ? part(budget.reserved_usd) : 0, tone, word };
}
