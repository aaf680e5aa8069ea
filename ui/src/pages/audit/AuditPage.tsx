import { getRouteApi } from "@tanstack/react-router";
import { useAudit } from "@/api/audit";
import { apiUrl } from "@/api/http";
import type { Organization } from "@/api/model";
import { useOwnOrganizations } from "@/api/rights";
import { useRights } from "@/api/session";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Loaded } from "@/components/Loaded";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import styles from "./AuditPage.module.css";
import { AuditRow } from "./AuditRow";
import { ReportPanel } from "./ReportPanel";
import { ACTIONS, type AuditSearch, auditParams, OUTCOMES } from "./search";
import { VerifyPanel } from "./VerifyPanel";

const route = getRouteApi("/audit");

export function AuditPage() {
  const asked = route.useSearch();
  const { rulesAll } = useRights();
  const own = useOwnOrganizations("audit.read");
  const first = own.data?.[0]?.id;
  // Who may not do everything asks for one log at a time.
  const search =
    rulesAll || asked.organization || !first ? asked : { ...asked, organization: first };
  const navigate = route.useNavigate();
  const change = (more: AuditSearch) =>
    navigate({ search: (old) => ({ ...old, ...more }), replace: true });
  return (
    <>
      <PageHeader title="Audit">
        <a
          className={styles.download}
          href={apiUrl("/audit/export", auditParams(search))}
          download="vedette-audit.jsonl"
        >
          <Icon name="download" width={14} height={14} />
          Export
        </a>
        <TimeRangePicker
          value={search}
          fallback={null}
          onChange={({ range, from, to }) =>
            navigate({
              search: ({ range: _range, from: _from, to: _to, ...rest }) => ({
                ...rest,
                ...(range && { range }),
                ...(from && { from }),
                ...(to && { to }),
              }),
            })
          }
        />
      </PageHeader>
      <div className={styles.body}>
        {rulesAll || search.organization ? (
          <>
            <VerifyPanel key={search.organization} organization={search.organization} />
            <ReportPanel search={search} />
            <Filters search={search} own={own.data ?? []} onChange={change} />
            <List search={search} />
          </>
        ) : (
          <Loaded query={own} failure="The organizations cannot be shown">
            {() => null}
          </Loaded>
        )}
      </div>
    </>
  );
}

interface FiltersProps {
  search: AuditSearch;
  own: readonly Organization[];
  onChange: (more: AuditSearch) => void;
}

function Filters({ own, ...props }: FiltersProps) {
  const { search, onChange } = props;
  const { rulesAll } = useRights();
  return (
    <search className={styles.filters} aria-label="Filter the log">
      <select
        aria-label="Action"
        value={search.action ?? ""}
        onChange={(event) => onChange({ action: event.target.value })}
      >
        {ACTIONS.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      <select
        aria-label="Outcome"
        value={search.outcome ?? ""}
        onChange={(event) => onChange({ outcome: event.target.value })}
      >
        {OUTCOMES.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      {rulesAll ? (
        <TextFilter name="Organization" field="organization" {...props} />
      ) : (
        own.length > 1 && (
          <select
            aria-label="Organization"
            value={search.organization}
            onChange={(event) => onChange({ organization: event.target.value })}
          >
            {own.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )
      )}
      <TextFilter name="Actor" field="actor" {...props} />
      <TextFilter name="Target" field="target" {...props} />
    </search>
  );
}

function TextFilter({
  name,
  field,
  search,
  onChange,
}: {
  name: string;
  field: "organization" | "actor" | "target";
  search: AuditSearch;
  onChange: (more: AuditSearch) => void;
}) {
  return (
    <input
      key={search[field] ?? ""}
      type="text"
      aria-label={name}
      placeholder={name}
      defaultValue={search[field] ?? ""}
      spellCheck={false}
      autoComplete="off"
      onBlur={(event) => onChange({ [field]: event.target.value.trim() })}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}

function List({ search }: { search: AuditSearch }) {
  const audit = useAudit(search);
  if (audit.isPending) {
    return (
      <div className={styles.list} aria-busy="true">
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} height={40} />
        ))}
      </div>
    );
  }
  if (!audit.data) {
    return (
      <ErrorState
        title="The audit log cannot be loaded"
        error={audit.error}
        onRetry={audit.refetch}
      />
    );
  }
  const entries = audit.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) {
    return (
      <Empty icon="audit" title="Nothing of that kind has happened">
        <p>Choose another time or fewer filters.</p>
      </Empty>
    );
  }
  return (
    <>
      <ol className={styles.list} aria-label="Entries, newest first">
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {audit.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => audit.fetchNextPage()} disabled={audit.isFetchingNextPage}>
            {audit.isFetchingNextPage ? "Loading…" : "Older entries"}
          </Button>
        </div>
      )}
    </>
  );
}
