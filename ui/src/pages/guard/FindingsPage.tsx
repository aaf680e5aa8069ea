import { getRouteApi } from "@tanstack/react-router";
import { type Finding, useFindings } from "@/api/guard";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { cx } from "@/lib/cx";
import { dateTime, listTime } from "@/lib/format";
import { FindingPanel } from "./FindingPanel";
import { GuardTabs } from "./GuardTabs";
import styles from "./guard.module.css";
import type { FindingsSearch } from "./search";
import { ACTIONS, actionTone, DETECTORS } from "./words";

const route = getRouteApi("/guard/findings");

export function FindingsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (more: Partial<FindingsSearch>) =>
    navigate({ search: (old: FindingsSearch) => clean({ ...old, ...more }), replace: true });
  return (
    <>
      <PageHeader title="Findings">
        <TimeRangePicker
          value={search}
          fallback="7d"
          onChange={({ range, from, to }) =>
            change({ range, from, to, id: undefined } as Partial<FindingsSearch>)
          }
        />
      </PageHeader>
      <GuardTabs />
      <div className={styles.body}>
        <Filters search={search} onChange={change} />
        <div className={search.id ? styles.split : undefined}>
          <List search={search} onChoose={(id) => change({ id })} />
          {search.id && (
            <FindingPanel
              key={search.id}
              id={search.id}
              onClose={() => change({ id: undefined } as Partial<FindingsSearch>)}
            />
          )}
        </div>
      </div>
    </>
  );
}

function clean(search: FindingsSearch): FindingsSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as FindingsSearch;
}

interface FiltersProps {
  search: FindingsSearch;
  onChange: (more: Partial<FindingsSearch>) => void;
}

const SELECTS = [
  { field: "detector", label: "Detector", values: [...DETECTORS] as string[] },
  { field: "action", label: "Action", values: ACTIONS.map((action) => action.value) as string[] },
  { field: "mode", label: "Mode", values: ["enforce", "shadow"] },
] as const;
const TEXTS = [
  { field: "kind", label: "Kind" },
  { field: "policy", label: "Policy" },
  { field: "rule", label: "Rule" },
] as const;

function Filters({ search, onChange }: FiltersProps) {
  return (
    <search className={styles.filters} aria-label="Filter the findings">
      {SELECTS.map(({ field, label, values }) => (
        <select
          key={field}
          aria-label={label}
          value={search[field] ?? ""}
          onChange={(event) => onChange({ [field]: event.target.value })}
        >
          <option value="">{label}: any</option>
          {values.map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </select>
      ))}
      {TEXTS.map(({ field, label }) => (
        <input
          key={`${field} ${search[field] ?? ""}`}
          type="text"
          aria-label={label}
          placeholder={label}
          defaultValue={search[field] ?? ""}
          spellCheck={false}
          autoComplete="off"
          onBlur={(event) => onChange({ [field]: event.target.value.trim() })}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
          }}
        />
      ))}
    </search>
  );
}

function List({ search, onChoose }: { search: FindingsSearch; onChoose: (id: string) => void }) {
  const { range, from, to, id, ...filter } = search;
  const found = useFindings(
    { ...(range && { range }), ...(from && { from }), ...(to && { to }) },
    filter,
  );
  if (!found.data) {
    return found.isError ? (
      <ErrorState title="No findings can be shown" error={found.error} onRetry={found.refetch} />
    ) : (
      <div aria-busy="true" className={styles.panel}>
        <Skeleton height={240} />
      </div>
    );
  }
  const rows = found.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <Empty icon="audit" title="No findings">
        <p>No rule fired on a call in this range that fits these filters.</p>
      </Empty>
    );
  }
  return (
    <section className={cx(styles.panel, id && styles.beside)} aria-label="All findings">
      <div className={cx(styles.scroll, found.isPlaceholderData && styles.stale)}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Time</th>
              <th>Found</th>
              <th className={styles.number}>Score</th>
              <th className={styles.extra}>Where</th>
              <th>Rule</th>
              <th>Action</th>
              <th>Judged</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} isChosen={row.id === id} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
      </div>
      {found.hasNextPage && (
        <Button onClick={() => found.fetchNextPage()} disabled={found.isFetchingNextPage}>
          More
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  row: Finding;
  isChosen: boolean;
  onChoose: (id: string) => void;
}

function Row({ row, isChosen, onChoose }: RowProps) {
  const at = new Date(row.time);
  return (
    <tr className={cx(isChosen && styles.chosen)}>
      <td title={dateTime(at)}>{listTime(at, new Date())}</td>
      <td>
        <button
          type="button"
          className={styles.rowButton}
          aria-pressed={isChosen}
          onClick={() => onChoose(row.id)}
        >
          {row.detector}: {row.kind || "score"}
        </button>
      </td>
      <td className={styles.number}>{row.score.toFixed(2)}</td>
      <td className={styles.extra}>{row.where}</td>
      <td>
        {row.policy}@{row.version} / {row.rule}
      </td>
      <td>
        <Badge tone={row.mode === "shadow" ? "neutral" : actionTone(row.action)}>
          {row.mode === "shadow" ? `${row.action} (shadow)` : row.action}
        </Badge>
      </td>
      <td>
        {row.said === null ? (
          <span className={styles.dim}>–</span>
        ) : (
          <Badge tone={row.said ? "good" : "warn"}>{row.said ? "right" : "wrong"}</Badge>
        )}
      </td>
    </tr>
  );
}
