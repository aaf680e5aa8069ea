import { Link } from "@tanstack/react-router";
import { type TenantKind, useDeleteTenant, useOrganizations, useProjects } from "@/api/access";
import type { Organization, Project } from "@/api/model";
import { useRights } from "@/api/session";
import { budgetText, limitsText } from "@/components/allowance/words";
import { ButtonLink } from "@/components/ButtonLink";
import { DeleteButton } from "@/components/DeleteButton";
import { Loaded } from "@/components/Loaded";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { type Column, Table } from "@/components/Table";
import { useNames } from "@/lib/names";
import styles from "./ProjectsPage.module.css";

const COMMON: Column[] = [{ label: "Budgets" }, { label: "Limits" }, { label: "" }];

export function ProjectsPage() {
  const projects = useProjects();
  const organizations = useOrganizations();
  const nameOf = useNames();
  const rights = useRights();
  return (
    <>
      <PageHeader title="Projects">
        {rights.rulesAll && (
          <ButtonLink to="/projects/edit" search={{ kind: "organizations" }} icon="plus">
            New organization
          </ButtonLink>
        )}
        {rights.ofAnOrganization("organization.manage") && (
          <ButtonLink to="/projects/edit" kind="primary" icon="plus">
            New project
          </ButtonLink>
        )}
      </PageHeader>
      <PageBody>
        <p className={styles.note}>
          A project is the unit of isolation: its keys, calls and answers from the cache are its
          own. What it spends counts for its organization, too.
        </p>
        <Loaded query={projects} failure="The projects cannot be shown">
          {(items) => (
            <Table
              label="Projects"
              columns={[
                { label: "Project" },
                { label: "Organization" },
                { label: "Kept" },
                ...COMMON,
              ]}
            >
              {items.map((item) => (
                <TenantRow key={item.id} kind="projects" item={item}>
                  <td>{nameOf("organization", item.organization)}</td>
                  <td>{item.retention_days ? `${item.retention_days} days` : "–"}</td>
                </TenantRow>
              ))}
            </Table>
          )}
        </Loaded>
        <Loaded query={organizations} failure="The organizations cannot be shown" height={120}>
          {(items) => (
            <Table label="Organizations" columns={[{ label: "Organization" }, ...COMMON]}>
              {items.map((item) => (
                <TenantRow key={item.id} kind="organizations" item={item} />
              ))}
            </Table>
          )}
        </Loaded>
      </PageBody>
    </>
  );
}

interface TenantRowProps {
  kind: TenantKind;
  item: Project | Organization;
  children?: React.ReactNode;
}

function TenantRow({ kind, item, children }: TenantRowProps) {
  const isProject = kind === "projects";
  const { rulesAll, may } = useRights();
  const mayChange = isProject
    ? may("project.manage", (item as Project).organization, item.id)
    : rulesAll;
  const mayKeys = isProject && may("keys.manage", (item as Project).organization, item.id);
  return (
    <tr>
      <td>
        <Link
          className={styles.name}
          to="/spend"
          search={isProject ? { project: item.id } : { organization: item.id }}
        >
          {item.name}
        </Link>
        {item.id !== item.name && <code className={styles.id}>{item.id}</code>}
      </td>
      {children}
      <td>{item.budgets.map(budgetText).join(", ") || "–"}</td>
      <td>{limitsText(item.limits).join(", ") || "–"}</td>
      <td>
        <div className={styles.actions}>
          {mayKeys && (
            <Link to="/keys" search={{ project: item.id }}>
              Keys
            </Link>
          )}
          {mayChange && (
            <Link
              to="/projects/edit"
              search={isProject ? { id: item.id } : { id: item.id, kind: "organizations" }}
            >
              Edit
            </Link>
          )}
          {mayChange && item.id !== "default" && <DeleteTenant kind={kind} item={item} />}
        </div>
      </td>
    </tr>
  );
}

function DeleteTenant({ kind, item }: Omit<TenantRowProps, "children">) {
  const remove = useDeleteTenant(kind);
  return (
    <DeleteButton what={item.name} remove={remove} with={item.id}>
      {kind === "projects"
        ? "All of its keys stop working within a second. What it recorded stays until it is too old, its ledger for good."
        : "Only an organization without projects can be deleted."}
    </DeleteButton>
  );
}
