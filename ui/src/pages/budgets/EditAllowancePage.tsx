import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useFacets } from "@/api/facets";
import { ApiError } from "@/api/http";
import type { Allowance, AllowanceScope, Project } from "@/api/model";
import { useAllowances, useSaveAllowance } from "@/api/money";
import { useOwnProjects } from "@/api/rights";
import { currentScope } from "@/api/scope";
import { useRights } from "@/api/session";
import { AllowanceEditor } from "@/components/allowance/AllowanceEditor";
import {
  type AllowanceDraft,
  allowanceBody,
  allowanceDraft,
  fieldError,
  newBudget,
} from "@/components/allowance/draft";
import { BackLink } from "@/components/BackLink";
import { SelectField, TextField } from "@/components/Field";
import { Fields, Form, Section } from "@/components/Form";
import { Loaded } from "@/components/Loaded";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";

const route = getRouteApi("/budgets/edit");

const SCOPES: { value: AllowanceScope; label: string }[] = [
  { value: "user", label: "users" },
  { value: "session", label: "sessions" },
  { value: "model", label: "models" },
  { value: "tag", label: "tags" },
  { value: "key", label: "keys" },
  { value: "project", label: "projects" },
  { value: "organization", label: "organizations" },
];

const TOGETHER = [
  { value: "each", label: "each counted by itself" },
  { value: "together", label: "all that match share it" },
] as const;

export function EditAllowancePage() {
  const { id } = route.useSearch();
  const allowances = useAllowances();
  return (
    <>
      <PageHeader
        title={id ? "Edit allowance" : "New budget or limit"}
        lead={<BackLink to="/budgets" label="All budgets" />}
      />
      <Loaded query={allowances} failure="The allowance cannot be edited">
        {(items) => {
          const given = items.find((one) => one.id === id && id !== undefined);
          return id && !given ? (
            <Empty icon="budget" title="There is no such allowance">
              <p>It may have been deleted.</p>
            </Empty>
          ) : (
            <Editor key={id ?? ""} given={given} />
          );
        }}
      </Loaded>
    </>
  );
}

/** The project that the pages are about where it is one of these, else the first. */
const here = (own: readonly Project[]) =>
  own.find((one) => one.id === currentScope().project) ?? own[0];

function Editor({ given }: { given: Allowance | undefined }) {
  // Others may change it while this is typed: the save says so.
  const [seen] = useState(given?.id ? { id: given.id, version: given.version ?? 0 } : undefined);
  const [draft, setDraft] = useState<AllowanceDraft>(() =>
    given ? allowanceDraft(given) : { ...allowanceDraft(), budgets: [newBudget()] },
  );
  const [scope, setScope] = useState<AllowanceScope>(given?.scope ?? "user");
  const [name, setName] = useState(given?.name ?? "*");
  const { rulesAll } = useRights();
  const own = useOwnProjects("project.manage");
  const [chosen, setProject] = useState(given?.project ?? "");
  const project = chosen || (rulesAll ? "" : (here(own)?.id ?? ""));
  const [isTogether, setTogether] = useState(given?.together ?? false);
  const save = useSaveAllowance(seen);
  const navigate = useNavigate();
  const facets = useFacets({});
  const errors = save.error instanceof ApiError ? save.error.fields : [];
  const submit = () => {
    const body = { ...allowanceBody(draft), together: isTogether };
    save.mutate(seen ? body : { ...body, scope, name: name.trim() || "*", project }, {
      onSuccess: () => navigate({ to: "/budgets" }),
    });
  };
  const names = scope === "model" ? facets.data?.models : scope === "tag" ? facets.data?.tags : [];
  return (
    <Form
      label="Allowance"
      action={seen ? "Save" : "Create"}
      note="In force within a second."
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onCancel={() => navigate({ to: "/budgets" })}
    >
      <Section title="Who is held to it">
        <Fields>
          {!seen && (
            <>
              <SelectField
                label="What is counted"
                value={scope}
                options={SCOPES}
                error={fieldError(errors, "scope")}
                onChange={setScope}
              />
              <TextField
                label="Name"
                hint="* is all; * and ? stand for anything."
                value={name}
                error={fieldError(errors, "name")}
                suggestions={names ?? []}
                onChange={setName}
              />
              <SelectField
                label="Within"
                value={project}
                options={[
                  ...(rulesAll ? [{ value: "", label: "all projects" }] : []),
                  ...own.map((one) => ({ value: one.id, label: one.name })),
                ]}
                error={fieldError(errors, "project")}
                onChange={setProject}
              />
            </>
          )}
          <SelectField
            label={seen ? `${given?.scope} ${given?.name}` : "Counted"}
            value={isTogether ? "together" : "each"}
            options={TOGETHER}
            onChange={(value) => setTogether(value === "together")}
          />
        </Fields>
      </Section>
      <AllowanceEditor
        draft={draft}
        errors={errors}
        models={facets.data?.models ?? []}
        onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
      />
    </Form>
  );
}
