import type { RefObject } from "react";
import { useFacets } from "@/api/facets";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { activeFilters, STATUSES, type TraceFilters, withoutFilter, withText } from "@/lib/filters";
import { FacetMenu } from "./FacetMenu";
import styles from "./FilterBar.module.css";
import { MoreFilters } from "./MoreFilters";
import { SearchBox } from "./SearchBox";

interface FilterBarProps {
  filters: TraceFilters;
  searchRef: RefObject<HTMLInputElement | null>;
  /** What is wrong with the filter, where something is. */
  problem?: string | undefined;
  onChange: (filters: TraceFilters) => void;
}

export function FilterBar({ filters, searchRef, problem, onChange }: FilterBarProps) {
  const facets = useFacets(filters);
  const active = activeFilters(filters).filter(
    (filter) => filter.name !== "q" && filter.name !== "filter",
  );
  const set = (name: "model" | "provider" | "tag" | "status") => (value: string | undefined) => {
    const rest = withoutFilter(filters, name);
    onChange(value === undefined ? rest : ({ ...rest, [name]: value } as TraceFilters));
  };
  return (
    <search className={styles.bar} aria-label="Filters">
      <SearchBox
        filters={filters}
        inputRef={searchRef}
        problem={problem}
        onChange={(text) => onChange(withText(filters, text))}
      />
      <div className={styles.facets}>
        <FacetMenu
          label="Status"
          value={filters.status}
          values={STATUSES}
          onChange={set("status")}
        />
        <FacetMenu
          label="Model"
          value={filters.model}
          values={facets.data?.models ?? []}
          onChange={set("model")}
        />
        <FacetMenu
          label="Provider"
          value={filters.provider}
          values={facets.data?.providers ?? []}
          onChange={set("provider")}
        />
        <FacetMenu
          label="Tag"
          value={filters.tag}
          values={facets.data?.tags ?? []}
          onChange={set("tag")}
        />
        <MoreFilters filters={filters} onChange={onChange} />
      </div>
      {active.map((filter) => (
        <span key={filter.name} className={styles.chip}>
          {filter.label} <b title={filter.value}>{filter.value}</b>
          <button
            type="button"
            aria-label={`Remove filter ${filter.label} ${filter.value}`}
            onClick={() => onChange(withoutFilter(filters, filter.name))}
          >
            <Icon name="close" width={12} height={12} />
          </button>
        </span>
      ))}
      {active.length > 1 && (
        <Button kind="ghost" isSmall onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </search>
  );
}
