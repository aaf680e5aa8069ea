import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChangeKey, useCreateKey, useKey } from "@/api/access";
import { useFacets } from "@/api/facets";
import { ApiError, type FieldError } from "@/api/http";
import type { IssuedKey, Key } from "@/api/model";
import { useOwnProjects } from "@/api/rights";
import { currentScope } from "@/api/scope";
import { AllowanceEditor } from "@/components/allowance/AllowanceEditor";
import { fieldError } from "@/components/allowance/draft";
import { BackLink } from "@/components/BackLink";
import { Field, SelectField, TextField } from "@/components/Field";
import { Fields, Form, Section } from "@/components/Form";
import { Loaded } from "@/components/Loaded";
import { PageHeader } from "@/components/PageHeader";
import { type KeyDraft, keyBody, keyChanges, keyDraft } from "./draft";
import { IssuedDialog } from "./IssuedDialog";

const route = getRouteApi("/keys/edit");

export function EditKeyPage() {
  const { id } = route.useSearch();
  const key = useKey(id);
  const title = id ? `Key ${key.data?.name ?? ""}` : "New key";
  return (
    <>
      <PageHeader title={title} lead={<BackLink to="/keys" label="All keys" />} />
      {id ? (
        <Loaded query={key} failure="The key cannot be edited">
          {(given) => <Change key={id} given={given} />}
        </Loaded>
      ) : (
        <Create />
      )}
    </>
  );
}

function Create() {
  const [draft, setDraft] = useState(() => ({
    ...keyDraft(),
    project: currentScope().project || "default",
  }));
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const create = useCreateKey();
  const navigate = useNavigate();
  return (
    <>
      <KeyForm
        draft={draft}
        isNew
        action="Create key"
        note="With the first key the gateway asks every client for one."
        isBusy={create.isPending || issued !== null}
        error={create.error}
        onChange={setDraft}
        onSubmit={() => create.mutate(keyBody(draft), { onSuccess: setIssued })}
        onCancel={() => navigate({ to: "/keys" })}
      />
      {issued && (
        <IssuedDialog
          issued={issued}
          onClose={() => navigate({ to: "/keys/$keyId", params: { keyId: issued.id } })}
        />
      )}
    </>
  );
}

function Change({ given }: { given: Key }) {
  // Others may change it while this is typed: the save says so.
  const [seen] = useState(given);
  const [draft, setDraft] = useState(() => keyDraft(given));
  const change = useChangeKey(seen.id, seen.version);
  const navigate = useNavigate();
  const leave = () => navigate({ to: "/keys/$keyId", params: { keyId: seen.id } });
  return (
    <KeyForm
      draft={draft}
      action="Save"
      note="In force within a second."
      isBusy={change.isPending}
      error={change.error}
      onChange={setDraft}
      onSubmit={() => change.mutate(keyChanges(draft, seen), { onSuccess: leave })}
      onCancel={leave}
    />
  );
}

interface KeyFormProps {
  draft: KeyDraft;
  isNew?: boolean;
  action: string;
  note: string;
  isBusy: boolean;
  error: Error | null;
  onChange: (change: (before: KeyDraft) => KeyDraft) => void;
  onSubmit: () => void;
  onCancel: () => void;
}

function KeyForm({ draft, isNew, error, onChange, ...form }: KeyFormProps) {
  const facets = useFacets({});
  const errors = error instanceof ApiError ? error.fields : [];
  const change = (part: Partial<KeyDraft>) => onChange((before) => ({ ...before, ...part }));
  return (
    <Form label="Key" error={error} {...form}>
      <Section>
        <Identity draft={draft} isNew={isNew} errors={errors} onChange={change} />
      </Section>
      <Section title="What it may be used for">
        <Scopes draft={draft} errors={errors} onChange={change} />
      </Section>
      <AllowanceEditor
        draft={draft.allowance}
        errors={errors}
        models={facets.data?.models ?? []}
        onChange={(part) =>
          onChange((before) => ({ ...before, allowance: { ...before.allowance, ...part } }))
        }
      />
    </Form>
  );
}

interface PartProps {
  draft: KeyDraft;
  isNew?: boolean | undefined;
  errors: readonly FieldError[];
  onChange: (part: Partial<KeyDraft>) => void;
}

function Identity({ draft, isNew, errors, onChange }: PartProps) {
  const own = useOwnProjects("keys.manage");
  return (
    <Fields>
      <TextField
        label="Name"
        hint="What it is for."
        value={draft.name}
        error={fieldError(errors, "name")}
        placeholder="ci"
        isFirst={isNew ?? false}
        onChange={(name) => onChange({ name })}
      />
      {isNew && (
        <SelectField
          label="Project"
          value={draft.project}
          options={own.map((one) => ({ value: one.id, label: one.name }))}
          error={fieldError(errors, "project")}
          onChange={(project) => onChange({ project })}
        />
      )}
      <TextField
        label="Owner"
        value={draft.owner}
        error={fieldError(errors, "owner")}
        onChange={(owner) => onChange({ owner })}
      />
      <Field label="Ends" hint="Empty: never." error={fieldError(errors, "expires_at")}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={draft.expires}
            onChange={(event) => onChange({ expires: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Metadata"
        hint="One name=value a line."
        error={fieldError(errors, "metadata")}
        isWide
      >
        {(control) => (
          <textarea
            {...control}
            rows={2}
            style={{ height: "auto", padding: "6px 9px" }}
            value={draft.metadata}
            onChange={(event) => onChange({ metadata: event.target.value })}
          />
        )}
      </Field>
    </Fields>
  );
}

const SCOPES = [
  { name: "models", label: "Models", hint: "Names as clients write them; * and ? are anything." },
  { name: "routes", label: "Routes", hint: "Empty: all." },
  { name: "endpoints", label: "Paths", hint: "Such as /v1/chat/*. Empty: all." },
  { name: "ips", label: "Addresses", hint: "Such as 10.0.0.0/8. Empty: from anywhere." },
] as const;

function Scopes({ draft, errors, onChange }: PartProps) {
  return (
    <Fields>
      {SCOPES.map(({ name, label, hint }) => (
        <TextField
          key={name}
          label={label}
          hint={hint}
          value={draft[name]}
          error={fieldError(errors, name)}
          placeholder="all"
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </Fields>
  );
}
