import type { FieldError } from "@/api/http";
import type { Provider } from "@/api/model";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { Section } from "@/components/Form";
import { errorOf, NO_CONDITION, newTarget, type Strategy, type TargetDraft } from "./draft";
import styles from "./RouteForm.module.css";
import { WhenEditor } from "./WhenEditor";

interface TargetsEditorProps {
  targets: readonly TargetDraft[];
  strategy: Strategy;
  providers: readonly Provider[];
  errors: readonly FieldError[];
  onChange: (targets: TargetDraft[]) => void;
}

export function TargetsEditor(props: TargetsEditorProps) {
  const { targets, providers, onChange } = props;
  const replace = (at: number, part: Partial<TargetDraft>) =>
    onChange(targets.map((target, index) => (index === at ? { ...target, ...part } : target)));
  const move = (at: number, to: number) => {
    const moved = [...targets];
    const [target] = moved.splice(at, 1);
    if (target) moved.splice(to, 0, target);
    onChange(moved);
  };
  return (
    <Section title="Targets">
      <ol className={styles.targets}>
        {targets.map((target, index) => (
          <TargetEditor
            key={target.key}
            {...props}
            target={target}
            index={index}
            onReplace={(part) => replace(index, part)}
            onMove={(to) => move(index, to)}
            onRemove={() => onChange(targets.filter((_, at) => at !== index))}
          />
        ))}
      </ol>
      <Button
        icon="plus"
        isSmall
        className={styles.add}
        onClick={() => onChange([...targets, newTarget(providers[0]?.name)])}
      >
        Add a target
      </Button>
    </Section>
  );
}

interface TargetEditorProps extends TargetsEditorProps {
  target: TargetDraft;
  index: number;
  onReplace: (part: Partial<TargetDraft>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function TargetEditor(props: TargetEditorProps) {
  const { target, index, targets, strategy, providers, errors, onReplace, onMove } = props;
  const path = `targets[${index}]`;
  const names = providers.map((one) => one.name);
  const known = names.includes(target.provider) ? names : [target.provider, ...names];
  const models = providers.find((one) => one.name === target.provider)?.targets ?? [];
  const hasWhen = target.when !== null || strategy === "conditional";
  return (
    <li className={styles.target}>
      <div className={styles.targetHead}>
        <span className={styles.number}>{index + 1}</span>
        <span className={styles.push}>
          <Button
            kind="ghost"
            icon="up"
            isSmall
            aria-label={`Move target ${index + 1} up`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          />
          <Button
            kind="ghost"
            icon="down"
            isSmall
            aria-label={`Move target ${index + 1} down`}
            disabled={index === targets.length - 1}
            onClick={() => onMove(index + 1)}
          />
          <Button
            kind="ghost"
            icon="trash"
            isSmall
            aria-label={`Remove target ${index + 1}`}
            disabled={targets.length === 1}
            onClick={props.onRemove}
          />
        </span>
      </div>
      <div className={styles.three}>
        <SelectField
          label="Provider"
          value={target.provider}
          options={known.map((name) => ({ value: name, label: name || "choose" }))}
          onChange={(provider) => onReplace({ provider })}
          error={errorOf(errors, `${path}.provider`)}
        />
        <TextField
          label="Model there"
          value={target.model}
          onChange={(model) => onReplace({ model })}
          error={errorOf(errors, `${path}.model`)}
          placeholder="the one the client named"
          suggestions={models.map((one) => one.model).filter(Boolean)}
        />
        <TextField
          label="Weight"
          value={target.weight}
          onChange={(weight) => onReplace({ weight })}
          error={errorOf(errors, `${path}.weight`)}
          inputMode="decimal"
        />
      </div>
      {hasWhen ? (
        <WhenEditor
          when={target.when ?? NO_CONDITION}
          path={`${path}.when`}
          errors={errors}
          onChange={(when) => onReplace({ when })}
        />
      ) : (
        <Button
          kind="ghost"
          isSmall
          className={styles.opener}
          onClick={() => onReplace({ when: NO_CONDITION })}
        >
          Only for some calls…
        </Button>
      )}
    </li>
  );
}
