import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { ApiError } from "@/api/http";
import type { Provider } from "@/api/model";
import { useSaveRoute } from "@/api/routes";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(body, {
      onSuccess: (made) => navigate({ to: "/routes", search: { model: made.route.model } }),
    });
  };
  const strategy = STRATEGIES.find(({ value }) => value === draft.strategy);
  const name = draft.model.trim();
  return (
    <div className={styles.body}>
      <form className={styles.form} onSubmit={submit} aria-label="Route" noValidate>
        <section className={styles.section}>
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
        </section>
        <TargetsEditor
          targets={draft.targets}
          strategy={draft.strategy}
          providers={providers}
          errors={errors}
          onChange={(targets) => change({ targets })}
        />
        <SettingsEditor draft={draft} errors={errors} onChange={change} />
        {save.error && <Refusal error={save.error} />}
        <div className={styles.actions}>
          <span>Takes effect within two seconds, without a restart.</span>
          <Button onClick={() => navigate({ to: "/routes" })}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            {seen ? "Save" : "Create route"}
          </Button>
        </div>
      </form>
      <DryRun
        value={{ ...(name ? { model: name.replaceAll("*", "example") } : {}), ...question }}
        onChange={setQuestion}
        names={name ? [name] : []}
        draft={body}
      />
    </div>
  );
}

function Refusal({ error }: { error: Error }) {
  const fields = error instanceof ApiError ? error.fields : [];
  const isLate = error instanceof ApiError && error.status === 412;
  return (
    <div className={styles.refused} role="alert">
      {isLate ? (
        <p>Somebody else changed this route meanwhile. Open it again to see what it is now.</p>
      ) : fields.length === 0 ? (
        <p>{error.message}</p>
      ) : (
        <>
          <p>The route is not kept:</p>
          <ul>
            {fields.map((field) => (
              <li key={`${field.name} ${field.expected}`}>
                {field.name && <code>{field.name}</code>} {field.expected}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
