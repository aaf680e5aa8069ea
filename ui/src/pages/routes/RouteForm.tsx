import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ApiError } from "@/api/http";
import type { Provider } from "@/api/model";
import { useSaveRoute } from "@/api/routes";
import { SelectField, TextField } from "@/components/Field";
import { Form, Section } from "@/components/Form";
import { DryRun } from "./DryRun";
import { bodyOf, type Draft, errorOf } from "./draft";
import styles from "./RouteForm.module.css";
import { SettingsEditor } from "./SettingsEditor";
import type { QuestionSearch } from "./search";
import { TargetsEditor } from "./TargetsEditor";
import { STRATEGIES } from "./words";

export interface Seen {
  model: string;
  version: number;
}

interface RouteFormProps {
  /** The route that is changed, as it was read; without it a new one is made. */
  seen: Seen | undefined;
  draft: Draft;
  providers: readonly Provider[];
}

export function RouteForm({ seen, draft: initial, providers }: RouteFormProps) {
  const [draft, setDraft] = useState(initial);
  const [question, setQuestion] = useState<QuestionSearch>({});
  const save = useSaveRoute(seen);
  const navigate = useNavigate();
  const errors = save.error instanceof ApiError ? save.error.fields : [];
  const body = useMemo(() => bodyOf(draft), [draft]);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = () =>
    save.mutate(body, {
      onSuccess: (made) => navigate({ to: "/routes", search: { model: made.route.model } }),
    });
  const strategy = STRATEGIES.find(({ value }) => value === draft.strategy);
  const name = draft.model.trim();
  return (
    <Form
      label="Route"
      action={seen ? "Save" : "Create route"}
      note="Takes effect within two seconds, without a restart."
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onCancel={() => navigate({ to: "/routes" })}
      aside={
        <DryRun
          value={{ ...(name ? { model: name.replaceAll("*", "example") } : {}), ...question }}
          onChange={setQuestion}
          names={name ? [name] : []}
          draft={body}
        />
      }
    >
      <Section>
        <div className={styles.grid}>
          <TextField
            label="Model name"
            hint="What clients ask for. With * or ? it stands for every name that matches."
            value={draft.model}
            onChange={(model) => change({ model })}
            error={errorOf(errors, "model")}
            placeholder="fast"
            isFirst={!seen}
          />
          <SelectField
            label="Strategy"
            hint={strategy?.meaning}
            value={draft.strategy}
            options={STRATEGIES}
            onChange={(next) => change({ strategy: next })}
            error={errorOf(errors, "strategy")}
          />
        </div>
      </Section>
      <TargetsEditor
        targets={draft.targets}
        strategy={draft.strategy}
        providers={providers}
        errors={errors}
        onChange={(targets) => change({ targets })}
      />
      <SettingsEditor draft={draft} errors={errors} onChange={change} />
    </Form>
  );
}
