import { useMemo } from "react";
import type { RouteBody } from "@/api/model";
import { useExplain } from "@/api/routes";
import { SelectField, TextField } from "@/components/Field";
import { Skeleton } from "@/components/States";
import { Toggles } from "@/components/Toggles";
import { cx } from "@/lib/cx";
import { useDebounced } from "@/lib/debounced";
import styles from "./DryRun.module.css";
import { ExplanationView } from "./ExplanationView";
import { CAPABILITIES, CLIENTS, type QuestionSearch, questionOf, usesOf } from "./search";

interface DryRunProps {
  value: QuestionSearch;
  onChange: (value: QuestionSearch) => void;
  /** Model names worth trying. */
  names: readonly string[];
  /** A route that is not kept yet and stands in for one of its name. */
  draft?: RouteBody;
}

const SETTLE_MS = 250;
const PRIORITIES = [
  { value: "interactive", label: "interactive" },
  { value: "batch", label: "batch" },
] as const;

/** Where a request would go, asked of the gateway's own rules; nothing is sent. */
export function DryRun({ value, onChange, names, draft }: DryRunProps) {
  const asked = useMemo(() => {
    const question = questionOf(value);
    return question && draft ? { ...question, draft: { ...draft } } : question;
  }, [value, draft]);
  const question = useDebounced(asked, SETTLE_MS);
  const explained = useExplain(question);
  return (
    <section className={styles.panel} aria-label="Dry run">
      <div className={styles.head}>
        <h2>Where would a request go?</h2>
        <span>A dry run: nobody is asked.</span>
      </div>
      <Form value={value} onChange={onChange} names={names} />
      <div className={cx(explained.isPlaceholderData && styles.stale)} aria-live="polite">
        {!question ? (
          <p className={styles.dim}>Name a model to see who would answer, and why.</p>
        ) : explained.error ? (
          <p className={styles.refused} role="alert">
            {explained.error.message}
          </p>
        ) : explained.data ? (
          <ExplanationView explanation={explained.data} />
        ) : (
          <Skeleton height={160} />
        )}
      </div>
    </section>
  );
}

interface FormProps {
  value: QuestionSearch;
  onChange: (value: QuestionSearch) => void;
  names: readonly string[];
}

function Form({ value, onChange, names }: FormProps) {
  const set = (name: keyof QuestionSearch) => (text: string) => {
    const { [name]: _, ...rest } = value;
    onChange(text ? { ...rest, [name]: text } : rest);
  };
  const hasMore = Boolean(
    value.tags || value.session || value.user || value.tokens || value.priority,
  );
  return (
    <div className={styles.form}>
      <TextField
        label="Model"
        value={value.model ?? ""}
        onChange={set("model")}
        suggestions={names}
        placeholder="a route, provider/model or a bare name"
      />
      <SelectField
        label="Client"
        value={value.client ?? "openai_chat"}
        options={CLIENTS}
        onChange={set("client")}
      />
      <div className={styles.wide}>
        <Toggles
          label="Uses"
          options={CAPABILITIES}
          chosen={usesOf(value)}
          onChange={(uses) => set("uses")(uses.join(","))}
        />
      </div>
      <details className={styles.more} open={hasMore || undefined}>
        <summary>Caller, size and priority</summary>
        <div className={styles.form}>
          <TextField
            label="Tags"
            value={value.tags ?? ""}
            onChange={set("tags")}
            placeholder="vip, eu"
          />
          <TextField
            label="Input tokens"
            value={value.tokens ?? ""}
            onChange={set("tokens")}
            placeholder="100"
            inputMode="numeric"
          />
          <TextField label="Session" value={value.session ?? ""} onChange={set("session")} />
          <TextField label="User" value={value.user ?? ""} onChange={set("user")} />
          <SelectField
            label="Priority"
            value={value.priority ?? "interactive"}
            options={PRIORITIES}
            onChange={(priority) => set("priority")(priority === "batch" ? priority : "")}
          />
        </div>
      </details>
    </div>
  );
}
