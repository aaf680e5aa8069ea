import type { Key } from "@/api/model";
import { Badge, type Tone } from "@/components/Badge";

const TONES: Record<Key["status"], Tone> = {
  active: "good",
  disabled: "neutral",
  expired: "bad",
  replaced: "warn",
};

const MEANINGS: Record<Key["status"], string> = {
  active: "Calls with it are let in",
  disabled: "Calls with it are refused until it is enabled",
  expired: "Its time is over",
  replaced: "A new key took its place; it works until it ends",
};

export function KeyStatusBadge({ item }: { item: Key }) {
  return (
    <Badge tone={TONES[item.status]} hasDot title={MEANINGS[item.status]}>
      {item.status}
    </Badge>
  );
}
