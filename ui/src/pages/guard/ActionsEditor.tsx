import type { Action } from "@/api/policies";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { type ActionDraft, newAction } from "./draft";
import styles from "./guard.module.css";
import { ACTIONS, SETTINGS, TARGETS, TEXTS } from "./words";

interface ActionsEditorProps {
  actions: readonly ActionDraft[];
  error: (index: number) => string | undefined;
  onChange: (actions: ActionDraft[]) => void;
}

/** What follows, in order: what stands behind a remedy is for when it does not help. */
export function ActionsEditor({ actions, error, onChange }: ActionsEditorProps) {
  const change = (index: number, part: Partial<ActionDraft>) =>
    onChange(actions.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const put = (index: number, rest: Action) => change(index, { rest });
  return (
    <section aria-label="Actions">
      <span className={styles.dim}>What follows, in this order</span>
      {actions.map(({ key, rest, settings }, index) => (
        <div key={key} className={styles.grid}>
          <SelectField
            label={index === 0 ? "Action" : "then"}
            value={rest.kind}
            options={ACTIONS}
            error={error(index)}
            onChange={(kind) => put(index, { ...rest, kind })}
          />
          {TEXTS[rest.kind] && (
            <TextField
              label={TEXTS[rest.kind] ?? ""}
              value={rest.text ?? ""}
              onChange={(text) => put(index, { ...rest, text })}
            />
          )}
          {TARGETS[rest.kind] && (
            <TextField
              label={TARGETS[rest.kind] ?? ""}
              value={rest.target ?? ""}
              onChange={(target) => put(index, { ...rest, target })}
            />
          )}
          {SETTINGS[rest.kind] && (
            <TextField
              label="Settings, JSON"
              placeholder={SETTINGS[rest.kind] ?? ""}
              value={settings}
              onChange={(text) => change(index, { settings: text })}
            />
          )}
          {actions.length > 1 && (
            <div className={styles.line}>
              <Button
                kind="ghost"
                icon="close"
                isSmall
                aria-label="Remove action"
                onClick={() => onChange(actions.filter((one) => one.key !== key))}
              />
            </div>
          )}
        </div>
      ))}
      <div className={styles.line}>
        <Button icon="plus" isSmall onClick={() => onChange([...actions, newAction("block")])}>
          Action
        </Button>
      </div>
    </section>
  );
}
