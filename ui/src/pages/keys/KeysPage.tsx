import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { type KeyFilters, useKeyList, useProjects } from "@/api/access";
import type { Key } from "@/api/model";
import { budgetText, limitsText } from "@/components/allowance/words";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Loaded } from "@/components/Loaded";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { Table } from "@/components/Table";
import { useDebounced } from "@/lib/debounced";
import { listTime } from "@/lib/format";
import { type Naming, useNames } from "@/lib/names";
import { KeyStatusBadge } from "./KeyStatusBadge";
import styles from "./KeysPage.module.css";

const route = getRouteApi("/keys");

const STATUSES = ["active", "disabled", "expired", "replaced"] as const;

export function KeysPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const keys = useKeyList(search);
  const nameOf = useNames();
  const isNarrowed = Object.keys(search).length > 0;
  const show = (next: KeyFilters) => navigate({ search: next, replace: true });
  return (
    <>
      <PageHeader title="Keys">
        <ButtonLink to="/keys/edit" kind="primary" icon="plus">
          New key
        </ButtonLink>
      </PageHeader>
      <PageBody>
        <Filters search={search} onChange={show} />
        <Loaded query={keys} failure="The keys cannot be shown">
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <NoKeys isNarrowed={isNarrowed} />;
            return (
              <>
                <Table
                  label="Keys"
                  columns={[
                    { label: "Name" },
                    { label: "Begins with" },
                    { label: "Project" },
                    { label: "Owner" },
                    { label: "State" },
                    { label: "May use" },
                    { label: "Budgets and limits" },
                    { label: "Ends" },
                  ]}
                >
                  {items.map((key) => (
                    <KeyRow key={key.id} item={key} nameOf={nameOf} />
                  ))}
                </Table>
                {keys.hasNextPage && (
                  <Button
                    className={styles.more}
                    disabled={keys.isFetchingNextPage}
                    onClick={() => keys.fetchNextPage()}
                  >
                    More keys
                  </Button>
                )}
              </>
            );
          }}
        </Loaded>
      </PageBody>
    </>
  );
}

function NoKeys({ isNarrowed }: { isNarrowed: boolean }) {
  return isNarrowed ? (
    <Empty icon="search" title="No key matches">
      <p>Take a filter away, or look for another beginning.</p>
    </Empty>
  ) : (
    <Empty icon="key" title="No keys yet">
      <p>
        Without keys Vedette is open to programs on this machine. With the first key the gateway
        asks every client for one.
      </p>
    </Empty>
  );
}

interface FiltersProps {
  search: KeyFilters;
  onChange: (search: KeyFilters) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const projects = useProjects();
  const [text, setText] = useState(search.q ?? "");
  const typed = useDebounced(text, 250);
  const set = (name: keyof KeyFilters, value: string) => {
    const { [name]: _before, ...rest } = search;
    onChange(value ? { ...rest, [name]: value } : rest);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the URL
  useEffect(() => {
    if (typed.trim() !== (search.q ?? "")) set("q", typed.trim());
  }, [typed]);
  return (
    <search className={styles.filters}>
      <input
        type="search"
        aria-label="Search keys"
        placeholder="Name, owner, metadata, or vdt_…"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <select
        aria-label="Project"
        value={search.project ?? ""}
        onChange={(event) => set("project", event.target.value)}
      >
        <option value="">All projects</option>
        {projects.data?.map((project) => (
          <option key={project.id} value={project.id}>
            {project.name}
          </option>
        ))}
      </select>
      <select
        aria-label="State"
        value={search.status ?? ""}
        onChange={(event) => set("status", event.target.value)}
      >
        <option value="">Any state</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {status}
          </option>
        ))}
      </select>
      {search.owner && (
        <Button isSmall isActive icon="close" onClick={() => set("owner", "")}>
          {`owner: ${search.owner}`}
        </Button>
      )}
    </search>
  );
}

function KeyRow({ item, nameOf }: { item: Key; nameOf: Naming }) {
  const scopes = [...item.models, ...item.routes, ...item.endpoints];
  const allowed = [...item.budgets.map(budgetText), ...limitsText(item.limits)];
  return (
    <tr>
      <td>
        <Link className={styles.name} to="/keys/$keyId" params={{ keyId: item.id }}>
          {item.name}
        </Link>
      </td>
      <td>
        <code>{item.prefix}</code>
      </td>
      <td>{nameOf("project", item.project)}</td>
      <td>{item.owner || "–"}</td>
      <td>
        <KeyStatusBadge item={item} />
      </td>
      <td>{scopes.slice(0, 3).join(", ") || "everything"}</td>
      <td>{allowed.slice(0, 3).join(", ") || "none"}</td>
      <td>{item.expires_at ? listTime(new Date(item.expires_at), new Date()) : "never"}</td>
    </tr>
  );
}
