import type { ApiError } from "@/api/http";
import { Button } from "@/components/Button";
import { type Draft, errorOf, movedUp, newRule, type RuleDraft } from "./draft";
import styles from "./guard.module.css";
import { RuleEditor } from "./RuleEditor";

interface RuleEditorsProps {
  rules: Draft["rules"];
  errors: ApiError["fields"];
  onChange: (rules: Draft["rules"]) => void;
}

/** The rules in the order in which they are taken. */
export function RuleEditors({ rules, errors, onChange }: RuleEditorsProps) {
  const put = (index: number, rule: RuleDraft) =>
    onChange(rules.map((one, at) => (at === index ? rule : one)));
  return (
    <>
      <h2>Rules</h2>
      {errorOf(errors, "rules") && rules.length === 0 && (
        <p className={styles.problem}>{errorOf(errors, "rules")}</p>
      )}
      {rules.map((rule, index) => (
        <RuleEditor
          key={rule.key}
          rule={rule}
          place={`rules[${index}]`}
          errors={errors}
          onChange={(next) => put(index, next)}
          onRemove={() => onChange(rules.filter((_, at) => at !== index))}
          onUp={index > 0 ? () => onChange(movedUp(rules, index)) : undefined}
        />
      ))}
      <div className={styles.line}>
        <Button icon="plus" onClick={() => onChange([...rules, newRule(rules.at(-1))])}>
          Rule
        </Button>
      </div>
    </>
  );
}
