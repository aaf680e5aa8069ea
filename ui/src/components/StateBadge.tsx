import type { TargetHealth } from "@/api/model";
import { Badge } from "@/components/Badge";
import { STATE_MEANINGS, STATE_TONES, stateText } from "@/lib/targets";

type Shown = Pick<TargetHealth, "state"> &
  Partial<Pick<TargetHealth, "cooldown_left_s" | "last_error">>;

/** How a target is doing, with the reason where it rests. */
export function StateBadge({ health }: { health: Shown }) {
  const error = health.last_error ? ` Last error: ${health.last_error}.` : "";
  return (
    <Badge
      tone={STATE_TONES[health.state]}
      hasDot
      title={STATE_MEANINGS[health.state] + (health.state === "closed" ? "" : error)}
    >
      {stateText(health)}
    </Badge>
  );
}
