import { TextField } from "@/components/Field";
import { Toggles } from "@/components/Toggles";
import styles from "./AlertsPage.module.css";
import type { Draft } from "./draft";

interface LaterProps {
  draft: Draft;
  channels: readonly string[];
  text: (
    name: keyof Draft & string,
    field: string,
  ) => { value: string; error: string | undefined; onChange: (value: string) => void };
  onChange: (part: Partial<Draft>) => void;
}

/** What happens as time passes, and what is said. */
export function Later({ draft, channels, text, onChange }: LaterProps) {
  const isUsed = [draft.forMinutes, draft.repeatMinutes, draft.escalateMinutes].some(
    (minutes) => minutes !== "0",
  );
  return (
    <details className={styles.wide} open={isUsed || Boolean(draft.message || draft.link)}>
      <summary>Patience, repetition, escalation, words</summary>
      <div className={styles.form}>
        <TextField label="Must hold for (min)" {...text("forMinutes", "for_s")} />
        <TextField
          label="Repeat after (min)"
          hint="0: never"
          {...text("repeatMinutes", "repeat_s")}
        />
        <TextField
          label="Escalate after (min)"
          hint="0: never"
          {...text("escalateMinutes", "escalate_after_s")}
        />
        {channels.length > 0 && (
          <div className={styles.wide}>
            <Toggles
              label="Escalate to"
              options={channels}
              chosen={draft.escalateTo}
              onChange={(escalateTo) => onChange({ escalateTo })}
            />
          </div>
        )}
        <TextField
          label="Message"
          hint="A template such as {{ rule }}: {{ summary }}; empty: our words"
          isWide
          {...text("message", "message")}
        />
        <TextField label="Link to what to do" isWide {...text("link", "link")} />
      </div>
    </details>
  );
}
