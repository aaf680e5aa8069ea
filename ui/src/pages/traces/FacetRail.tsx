import { useFacetCounts } from "@/api/facets";
import type { FacetCounts } from "@/api/model";
import { Skeleton } from "@/components/States";
import { chosenValue, type TraceFilters, toggleValue } from "@/lib/filters";
import { compactCount, count, counted } from "@/lib/format";
import styles from "./FacetRail.module.css";

const LABELS: Record<string, string> = {
  status: "Status",
  kind: "Kind",
  provider: "Provider",
  model: "Model",
  user: "User",
  session: "Session",
  tag: "Tag",
  environment: "Environment",
  release: "Release",
};
const SHOWN = 6;

interface FacetRailProps {
  filters: TraceFilters;
  onChange: (filters: TraceFilters) => void;
}

/** How what matches spreads over the values of fields; a click narrows the list to one. */
export function FacetRail({ filters, onChange }: FacetRailProps) {
  const counts = useFacetCounts(filters, true);
  if (!counts.data) {
    return (
      <aside className={styles.rail} aria-label="Facets" aria-busy={counts.isPending}>
        {counts.isError ? <p>The counts cannot be loaded.</p> : <Skeleton height={160} />}
      </aside>
    );
  }
  return (
    <aside className={styles.rail} aria-label="Facets" data-stale={counts.isPlaceholderData}>
      {counts.data.items
        .map((facet) => ofChosenStatus(facet, filters.status, counts.data.traces))
        .map(
          (facet) =>
            facet.values.length > 0 && (
              <Facet key={facet.field} facet={facet} filters={filters} onChange={onChange} />
            ),
        )}
      <p>
        {counts.data.complete
          ? `${counted(counts.data.spans, "span")} in ${counted(counts.data.traces, "trace")}`
          : counts.data.spans > 0
            ? `of the latest ${counted(counts.data.spans, "span")}`
            : "None of the latest spans fits."}
      </p>
    </aside>
  );
}

/** Traces have one status, their spans several: that of the list is the trace's. */
function ofChosenStatus(facet: FacetCounts, status: string | undefined, traces: number) {
  if (facet.field !== "status" || !status) return facet;
  return {
    ...facet,
    values: facet.values
      .map((each) => ({ ...each, traces }))
      .filter(({ value }) => value === status),
  };
}

function Facet({ facet, filters, onChange }: FacetRailProps & { facet: FacetCounts }) {
  const chosen = chosenValue(filters, facet.field);
  const shown = facet.values.filter((each, index) => index < SHOWN || each.value === chosen);
  const most = Math.max(...facet.values.map((each) => each.traces));
  const hidden = facet.values.length - shown.length + facet.others;
  return (
    <section>
      <h2>{LABELS[facet.field] ?? facet.field}</h2>
      {shown.map((each) => (
        <button
          key={each.value}
          type="button"
          aria-pressed={each.value === chosen}
          title={`${each.value}: ${counted(each.traces, "trace")}, ${counted(each.spans, "span")}`}
          onClick={() => onChange(toggleValue(filters, facet.field, each.value))}
        >
          <i style={{ width: `${(each.traces / most) * 100}%` }} />
          <span>{each.value}</span>
          <b>{compactCount(each.traces)}</b>
        </button>
      ))}
      {hidden > 0 && <small>and {count(hidden)} more</small>}
    </section>
  );
}
