import type { Provider } from "@/api/model";

export type ProviderState = "working" | "failing" | "not used yet";

/** By what came last, an answer or an error. */
export function stateOf(provider: Provider): ProviderState {
  const success = provider.last_success_time ? Date.parse(provider.last_success_time) : 0;
  const error = provider.last_error_time ? Date.parse(provider.last_error_time) : 0;
  if (!success && !error && !provider.requests) return "not used yet";
  return error > success ? "failing" : "working";
}
