import type { Provider } from "@/api/model";

export type ProviderState = "working" | "failing" | "resting" | "not used yet";

/**
 * By its targets where all of them rest, else by what came last, an answer or an error: one error
 * among answers does not mean that it fails while its targets are healthy.
 */
export function stateOf(provider: Provider): ProviderState {
  const known = (provider.targets ?? []).filter((target) => target.state !== "unknown");
  if (known.length > 0 && known.every((target) => target.state === "open")) return "resting";
  const success = provider.last_success_time ? Date.parse(provider.last_success_time) : 0;
  const error = provider.last_error_time ? Date.parse(provider.last_error_time) : 0;
  if (!success && !error && !provider.requests) return "not used yet";
  const isHealthy = success > 0 && known.some((target) => target.state === "closed");
  return error > success && !isHealthy ? "failing" : "working";
}

/** How many of its targets rest, where some do and others do not. */
export function restingOf(provider: Provider): string | null {
  const targets = provider.targets ?? [];
  const resting = targets.filter((target) => target.state === "open").length;
  if (resting === 0 || stateOf(provider) === "resting") return null;
  return `${resting} of ${targets.length} targets ${resting === 1 ? "rests" : "rest"}`;
}

/** With whose key it is asked. */
export function keyOf(provider: Provider): string {
  if (provider.simulated) return "needs no key";
  return provider.has_key ? "own key" : "forwards the client's key";
}
