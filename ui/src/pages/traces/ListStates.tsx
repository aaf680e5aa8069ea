import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { activeFilters, type TraceFilters } from "@/lib/filters";
import styles from "./TracesPage.module.css";

interface ListStatesProps {
  query: {
    isPending: boolean;
    isError: boolean;
    error: unknown;
    data: unknown;
    refetch: () => unknown;
  };
  isEmpty: boolean;
  filters: TraceFilters;
  onClear: () => void;
  children: ReactNode;
}

const LINES = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/** Loading, failed and empty; else the list. */
export function ListStates({ query, isEmpty, filters, onClear, children }: ListStatesProps) {
  if (query.isPending) {
    return (
      <div className={styles.loading} aria-busy="true">
        <span className="visually-hidden">Loading traces</span>
        {LINES.map((line) => (
          <Skeleton key={line} height={20} />
        ))}
      </div>
    );
  }
  if (query.isError && !query.data) {
    return (
      <ErrorState
        title="The traces cannot be loaded"
        error={query.error}
        onRetry={() => query.refetch()}
      />
    );
  }
  if (!isEmpty) return children;
  const isFiltered =
    activeFilters(filters).length > 0 || filters.range || filters.from || filters.to;
  return isFiltered ? (
    <Empty icon="filter" title="No trace matches">
      <p>Widen the time range or take a filter away.</p>
      <Button onClick={onClear}>Clear all filters</Button>
    </Empty>
  ) : (
    <Empty icon="traces" title="No traces yet">
      <p>
        Calls through the gateway show up here within a second. The <Link to="/">overview</Link>{" "}
        says how to send the first one.
      </p>
    </Empty>
  );
}
