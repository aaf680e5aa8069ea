/** A route while it is edited: every figure a text, so that what was typed stays as it is. */

import type { FieldError } from "@/api/http";
import type { RouteBody } from "@/api/model";
import { CAPABILITIES, type Capability, listOf } from "./search";

export type Strategy = NonNullable<RouteBody["strategy"]>;

export interface WhenDraft {
  model: string;
  tags: string;
  min_input_tokens: string;
  max_input_tokens: string;
  capability: Capability[];
}

export interface TargetDraft {
  /** Stays with the target when it moves. */
  key: number;
  provider: string;
  model: string;
  weight: string;
  when: WhenDraft | null;
}

export const TIMEOUTS = [
  "connect_s",
  "first_byte_s",
  "first_token_s",
  "idle_s",
  "total_s",
  "websocket_idle_s",
  "websocket_total_s",
] as const;
export type Timeout = (typeof TIMEOUTS)[number];

export interface Draft {
  model: string;
  strategy: Strategy;
  retries: string;
  on_break: NonNullable<RouteBody["on_break"]>;
  cooldown_s: string;
  hedge_after_s: string;
  sticky: "" | "session" | "user";
  on_context_window: "error" | "next";
  on_content_filter: "error" | "next";
  capture: "" | "full" | "redacted" | "hash" | "none";
  timeouts: Record<Timeout, string> | null;
  targets: TargetDraft[];
}

export const DEFAULT_TIMEOUTS: Record<Timeout, string> = {
  connect_s: "3",
  first_byte_s: "30",
  first_token_s: "60",
  idle_s: "30",
  total_s: "600",
  websocket_idle_s: "600",
  websocket_total_s: "7200",
};

export const NO_CONDITION: WhenDraft = {
  model: "",
  tags: "",
  min_input_tokens: "",
  max_input_tokens: "",
  capability: [],
};

let lastKey = 0;

export function newTarget(provider = ""): TargetDraft {
  lastKey += 1;
  return { key: lastKey, provider, model: "", weight: "1", when: null };
}

export function newDraft(provider = ""): Draft {
  return {
    model: "",
    strategy: "fallback",
    retries: "2",
    on_break: "error",
    cooldown_s: "10",
    hedge_after_s: "",
    sticky: "",
    on_context_window: "error",
    on_content_filter: "error",
    capture: "",
    timeouts: null,
    targets: [newTarget(provider)],
  };
}

const text = (value: number | null | undefined) => (value == null ? "" : String(value));

export function draftOf(route: RouteBody): Draft {
  const empty = newDraft();
  const { timeouts } = route;
  return {
    model: route.model,
    strategy: route.strategy ?? empty.strategy,
    retries: text(route.retries ?? 2),
    on_break: route.on_break ?? "error",
    cooldown_s: text(route.cooldown_s ?? 10),
    hedge_after_s: text(route.hedge_after_s),
    sticky: route.sticky ?? "",
    on_context_window: route.on_context_window ?? "error",
    on_content_filter: route.on_content_filter ?? "error",
    capture: route.capture ?? "",
    timeouts: timeouts
      ? (Object.fromEntries(
          TIMEOUTS.map((name) => [name, text(timeouts[name] ?? Number(DEFAULT_TIMEOUTS[name]))]),
        ) as Record<Timeout, string>)
      : null,
    targets: route.targets.map((target) => ({
      ...newTarget(target.provider),
      model: target.model ?? "",
      weight: text(target.weight ?? 1),
      when: target.when
        ? {
            model: (target.when.model ?? []).join(", "),
            tags: (target.when.tags ?? []).join(", "),
            min_input_tokens: text(target.when.min_input_tokens),
            max_input_tokens: text(target.when.max_input_tokens),
            capability: CAPABILITIES.filter((name) => target.when?.capability?.includes(name)),
          }
        : null,
    })),
  };
}

/** What is no number goes to the server as it was typed: its answer says what was expected. */
function figure(typed: string): number | null {
  const trimmed = typed.trim();
  if (!trimmed) return null;
  const value = Number(trimmed.replace(",", "."));
  return Number.isFinite(value) ? value : (trimmed as unknown as number);
}

function whenOf(when: WhenDraft): NonNullable<RouteBody["targets"][number]["when"]> {
  return {
    ...(when.model.trim() ? { model: listOf(when.model) } : {}),
    ...(when.tags.trim() ? { tags: listOf(when.tags) } : {}),
    ...(when.capability.length ? { capability: when.capability } : {}),
    min_input_tokens: figure(when.min_input_tokens),
    max_input_tokens: figure(when.max_input_tokens),
  };
}

export function bodyOf(draft: Draft): RouteBody {
  const { timeouts } = draft;
  return {
    model: draft.model.trim(),
    strategy: draft.strategy,
    retries: figure(draft.retries) ?? 2,
    on_break: draft.on_break,
    cooldown_s: figure(draft.cooldown_s) ?? 10,
    hedge_after_s: figure(draft.hedge_after_s),
    sticky: draft.sticky || null,
    on_context_window: draft.on_context_window,
    on_content_filter: draft.on_content_filter,
    capture: draft.capture || null,
    timeouts: timeouts
      ? Object.fromEntries(
          TIMEOUTS.map((name) => [name, figure(timeouts[name]) ?? Number(DEFAULT_TIMEOUTS[name])]),
        )
      : null,
    targets: draft.targets.map((target) => ({
      provider: target.provider,
      model: target.model.trim(),
      weight: figure(target.weight) ?? 1,
      when: target.when ? whenOf(target.when) : null,
    })),
  };
}

/** What the server says of a field: of itself or of an entry of its list. */
export function errorOf(errors: readonly FieldError[], name: string): string | undefined {
  return errors.find((error) => error.name === name || error.name.startsWith(`${name}[`))?.expected;
}
