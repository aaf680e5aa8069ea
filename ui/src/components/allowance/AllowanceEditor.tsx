import type { FieldError } from "@/api/http";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { Fields, Section } from "@/components/Form";
import styles from "./AllowanceEditor.module.css";
import {
  ACTIONS,
  type AllowanceDraft,
  type BudgetDraft,
  fieldError,
  newBudget,
  ON_FAILURE,
  WINDOWS,
} from "./draft";

interface AllowanceEditorProps {
  draft: AllowanceDraft;
  errors: readonly FieldError[];
  /** Names that a spent budget may be rerouted to. */
  models: readonly string[];
  onChange: (part: Partial<AllowanceDraft>) => void;
}

/** Budgets and limits of whoever has them: keys, projects, organizations, allowances. */
export function AllowanceEditor({ draft, errors, models, onChange }: AllowanceEditorProps) {
  const setBudget = (index: number, part: Partial<BudgetDraft>) =>
    onChange({
      budgets: draft.budgets.map((budget, at) => (at === index ? { ...budget, ...part } : budget)),
    });
  const rate = (name: "rpm" | "tpm" | "concurrency" | "usd_per_minute") => ({
    value: draft[name],
    error: fieldError(errors, `limits.${name}`),
    placeholder: "any",
    onChange: (value: string) => onChange({ [name]: value }),
  });
  return (
    <>
      <Section title="Budgets">
        <div className={styles.budgets}>
          {draft.budgets.length === 0 && <p className={styles.none}>No budget: spend freely.</p>}
          {draft.budgets.map((budget, index) => (
            <BudgetFields
              key={budget.key}
              budget={budget}
              number={index}
              errors={errors}
              models={models}
              onChange={(part) => setBudget(index, part)}
              onRemove={() =>
                onChange({ budgets: draft.budgets.filter((one) => one.key !== budget.key) })
              }
            />
          ))}
          <Button
            icon="plus"
            className={styles.add}
            onClick={() => onChange({ budgets: [...draft.budgets, newBudget()] })}
          >
            Add a budget
          </Button>
        </div>
      </Section>
      <Section title="Limits">
        <Fields>
          <TextField label="Requests a minute" {...rate("rpm")} inputMode="numeric" />
          <TextField label="Tokens a minute" {...rate("tpm")} inputMode="numeric" />
          <TextField label="Calls at a time" {...rate("concurrency")} inputMode="numeric" />
          <TextField label="USD a minute" {...rate("usd_per_minute")} inputMode="decimal" />
          <SelectField
            label="Where use cannot be told, calls"
            value={draft.on_failure}
            options={ON_FAILURE}
            error={fieldError(errors, "on_failure")}
            onChange={(on_failure) => onChange({ on_failure })}
          />
        </Fields>
      </Section>
    </>
  );
}

interface BudgetFieldsProps {
  budget: BudgetDraft;
  number: number;
  errors: readonly FieldError[];
  models: readonly string[];
  onChange: (part: Partial<BudgetDraft>) => void;
  onRemove: () => void;
}

function BudgetFields({ budget, number, errors, models, onChange, onRemove }: BudgetFieldsProps) {
  const error = (name: string) => fieldError(errors, `budgets[${number}].${name}`);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out everywhere
    <div className={styles.budget} role="group" aria-label={`Budget ${number + 1}`}>
      <div className={styles.head}>
        <span>Budget {number + 1}</span>
        <Button
          kind="ghost"
          icon="trash"
          isSmall
          aria-label={`Take budget ${number + 1} away`}
          onClick={onRemove}
        />
      </div>
      <Fields>
        <TextField
          label="USD"
          value={budget.limit_usd}
          error={error("limit_usd")}
          inputMode="decimal"
          placeholder="100"
          onChange={(limit_usd) => onChange({ limit_usd })}
        />
        <SelectField
          label="in"
          value={budget.window}
          options={WINDOWS}
          error={error("window")}
          onChange={(window) => onChange({ window })}
        />
        <SelectField
          label="When it is spent"
          value={budget.action}
          options={ACTIONS}
          error={error("action")}
          onChange={(action) => onChange({ action })}
        />
        {budget.action === "reroute" && (
          <TextField
            label="The model"
            hint="Empty: the cheapest target of the route."
            value={budget.reroute_to}
            error={error("reroute_to")}
            suggestions={models}
            onChange={(reroute_to) => onChange({ reroute_to })}
          />
        )}
        <TextField
          label="Warn at (%)"
          hint="Several with commas."
          value={budget.soft}
          error={error("soft")}
          onChange={(soft) => onChange({ soft })}
        />
        {budget.window === "month" && (
          <TextField
            label="Time zone"
            value={budget.timezone}
            error={error("timezone")}
            suggestions={["UTC", Intl.DateTimeFormat().resolvedOptions().timeZone]}
            onChange={(timezone) => onChange({ timezone })}
          />
        )}
      </Fields>
    </div>
  );
}
