import type { Provider } from "@/api/model";
import { Badge, type Tone } from "@/components/Badge";
import { type ProviderState, restingOf, stateOf } from "./state";

const TONES: Record<ProviderState, Tone> = {
  working: "good",
  failing: "bad",
  resting: "bad",
  "not used yet": "neutral",
};

export function ProviderBadge({ provider }: { provider: Provider }) {
  const state = stateOf(provider);
  const resting = restingOf(provider);
  return (
    <>
      {resting && <Badge tone="warn">{resting}</Badge>}{" "}
      <Badge tone={TONES[state]} hasDot>
        {state}
      </Badge>
    </>
  );
}
