import { type Policy, type Rule, useChangePolicy } from "@/api/policies";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import styles from "./guard.module.css";
import { actionTone } from "./words";

interface RuleListProps {
  policy: Policy;
  name: string;
  canSwitch: boolean;
}

/** The rules that hold, in the order in which they are taken. */
export function RuleList({ policy, name, canSwitch }: RuleListProps) {
  const change = useChangePolicy(name);
  const rules = [...(policy.rules ?? [])].sort((a, b) => (a.priority ?? 100) - (b.priority ?? 100));
  return (
    <section className={styles.panel} aria-label="Rules">
      <h2>Rules</h2>
      {change.isError && <p className={styles.problem}>{change.error.message}</p>}
      {rules.map((rule) => (
        <article key={rule.name} className={styles.rule} aria-label={`Rule ${rule.name}`}>
          <div className={styles.line}>
            <h3>{rule.name}</h3>
            <Badge tone="info">{rule.detector}</Badge>
            {(rule.actions ?? [{ kind: "flag" as const }]).map((action, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: actions may repeat and nothing moves
              <Badge key={index} tone={actionTone(action.kind)}>
                {action.kind}
              </Badge>
            ))}
            {rule.mode === "shadow" && <Badge tone="warn">shadow</Badge>}
            {canSwitch && policy.mode !== "shadow" && (
              <span className={styles.push}>
                <Button
                  isSmall
                  disabled={change.isPending}
                  onClick={() =>
                    change.mutate({
                      what: "mode",
                      body: {
                        mode: rule.mode === "shadow" ? "enforce" : "shadow",
                        rule: rule.name,
                      },
                    })
                  }
                >
                  {rule.mode === "shadow" ? "Enforce" : "Into shadow"}
                </Button>
              </span>
            )}
          </div>
          <p className={styles.dim}>{ruleText(rule)}</p>
        </article>
      ))}
    </section>
  );
}

export function ruleText(rule: Rule): string {
  const where = (rule.where ?? ["input"]).join(", ");
  const kinds = rule.kinds?.length ? `, only ${rule.kinds.join(", ")}` : "";
  const closed = rule.on_error === "closed" ? "; a detector that fails counts as the worst" : "";
  const after = rule.when === "after" ? "; looks when the answer has gone" : "";
  const scope = Object.entries(rule.scope ?? {})
    .filter(([, names]) => names.length > 0)
    .map(([field, names]) => `; ${field}: ${names.join(", ")}`)
    .join("");
  const options = Object.keys(rule.options ?? {}).length
    ? `; ${JSON.stringify(rule.options).slice(0, 200)}`
    : "";
  return `from ${rule.threshold ?? 0.5} on, in ${where}${kinds}${closed}${after}${scope}${options}`;
}
