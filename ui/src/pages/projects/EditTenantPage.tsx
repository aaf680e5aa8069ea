import type { UseQueryResult } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type TenantKind, useOrganizations, useProjects, useSaveTenant } from "@/api/access";
import { useFacets } from "@/api/facets";
import { ApiError } from "@/api/http";
import type { Organization, Project } from "@/api/model";
import { useOwnOrganizations } from "@/api/rights";
import { useRights } from "@/api/session";
import { AllowanceEditor } from "@/components/allowance/AllowanceEditor";
import { allowanceBody, allowanceDraft, fieldError } from "@/components/allowance/draft";
import { BackLink } from "@/components/BackLink";
import { SelectField, TextField } from "@/components/Field";
import { Fields, Form, Section } from "@/components/Form";
import { Loaded } from "@/components/Loaded";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";

const route = getRouteApi("/projects/edit");

export function EditTenantPage() {
  const { id, kind = "projects" } = route.useSearch();
  const projects = useProjects();
  const organizations = useOrganizations();
  const { rulesAll, may, ofAnOrganization } = useRights();
  const mayEdit = (given: Project | Organization | undefined) =>
    rulesAll ||
    (kind === "projects" &&
      (given && "organization" in given
        ? may("project.manage", given.organization, given.id)
        : id !== undefined || ofAnOrganization("organization.manage")));
  const noun = kind === "projects" ? "project" : "organization";
  const query: { data: (Project | Organization)[] | undefined } & Pick<
    UseQueryResult,
    "error" | "refetch"
  > = kind === "projects" ? projects : organizations;
  return (
    <>
      <PageHeader
        title={id ? `Edit ${noun}` : `New ${noun}`}
        lead={<BackLink to="/projects" label="All projects" />}
      />
      <Loaded query={query} failure={`The ${noun} cannot be edited`}>
        {(items) => {
          const given = items.find((one) => one.id === id);
          if (!mayEdit(given)) {
            return (
              <Empty icon="lock" title={`This ${noun} is not yours to edit`}>
                <p>Ask an owner of your organization.</p>
              </Empty>
            );
          }
          return id && !given ? (
            <Empty icon="folder" title={`There is no such ${noun}`}>
              <p>It may have been deleted.</p>
            </Empty>
          ) : (
            <Editor key={`${kind} ${id}`} kind={kind} given={given} />
          );
        }}
      </Loaded>
    </>
  );
}

interface EditorProps {
  kind: TenantKind;
  given: Project | Organization | undefined;
}

function Editor({ kind, given }: EditorProps) {
  // Others may change it while this is typed: the save says so.
  const [seen] = useState(given && { id: given.id, version: given.version });
  const [name, setName] = useState(given?.name ?? "");
  const [chosen, setOrganization] = useState("");
  const [days, setDays] = useState(
    given && "retention_days" in given ? String(given.retention_days ?? "") : "",
  );
  const [draft, setDraft] = useState(() => allowanceDraft(given));
  const own = useOwnOrganizations("organization.manage").data ?? [];
  const organization = chosen || (own.find((one) => one.id === "default") ?? own[0])?.id || "";
  const facets = useFacets({});
  const save = useSaveTenant(kind, seen);
  const navigate = useNavigate();
  const errors = save.error instanceof ApiError ? save.error.fields : [];
  const leave = () => navigate({ to: "/projects" });
  const isNewProject = kind === "projects" && !seen;
  const submit = () => {
    const kept = kind === "projects" ? { retention_days: readDays(days) } : {};
    const body = { name: name.trim(), ...kept, ...allowanceBody(draft) };
    save.mutate(isNewProject ? { ...body, organization } : body, { onSuccess: leave });
  };
  return (
    <Form
      label={kind === "projects" ? "Project" : "Organization"}
      action={seen ? "Save" : "Create"}
      note="In force within a second."
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onCancel={leave}
    >
      <Section>
        <Fields>
          <TextField
            label="Name"
            value={name}
            error={fieldError(errors, "name")}
            isFirst={!seen}
            onChange={setName}
          />
          {isNewProject && (
            <SelectField
              label="Organization"
              value={organization}
              options={own.map((one) => ({ value: one.id, label: one.name }))}
              error={fieldError(errors, "organization")}
              onChange={setOrganization}
            />
          )}
          {kind === "projects" && (
            <TextField
              label="Days spans are kept"
              value={days}
              inputMode="numeric"
              placeholder="As the configuration says"
              hint="Older ones are deleted within the hour. Of this and the configuration the fewer hold."
              error={fieldError(errors, "retention_days")}
              onChange={setDays}
            />
          )}
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

/** What is no number is sent as it is: the server says what it needs. */
function readDays(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}
