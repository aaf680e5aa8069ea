import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { ApiError } from "@/api/http";
import { useTraces } from "@/api/traces";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import type { TraceFilters } from "@/lib/filters";
import { usePhone } from "@/lib/media";
import { load, save } from "@/lib/storage";
import { ColumnMenu } from "./ColumnMenu";
import { ExportMenu } from "./ExportMenu";
import { FacetRail } from "./FacetRail";
import { FilterBar } from "./FilterBar";
import { ListStates } from "./ListStates";
import { listFooter } from "./listFooter";
import { Peek } from "./Peek";
import styles from "./TracesPage.module.css";
import { TraceTable } from "./TraceTable";
import { useColumns } from "./useColumns";
import { useListPlace } from "./useListPlace";
import { useLiveHead } from "./useLiveHead";
import { useTraceKeys } from "./useTraceKeys";
import { ViewsMenu } from "./ViewsMenu";

const route = getRouteApi("/traces");
const TOP_PX = 8;

export function TracesPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const isPhone = usePhone();
  const traces = useTraces(filters);
  const pages = traces.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const place = useListPlace(filters);
  const [isAtTop, setAtTop] = useState(place.initial.offset <= TOP_PX);
  const [isLive, toggleLive] = useFlag("live", true);
  const columns = useColumns();
  const [hasRail, toggleRail] = useFlag("rail", true);
  const [isPeeking, setPeeking] = useState(false);
  const scroll = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const open = useCallback(
    (traceId: string) => navigate({ to: "/traces/$traceId", params: { traceId }, search: {} }),
    [navigate],
  );
  const keys = useTraceKeys({
    rows,
    initial: place.initial.selected,
    search,
    onOpen: open,
    onLive: toggleLive,
    onPeek: () => setPeeking(!isPeeking),
  });
  const peeked = isPeeking ? rows[keys.selected] : undefined;
  const live = useLiveHead(filters, { isOn: isLive, mayMove: isAtTop && keys.selected < 0 });
  place.remember({ selected: keys.selectedId });
  const setFilters = (next: TraceFilters) => navigate({ search: next });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = traces;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className={styles.page}>
      <PageHeader title="Traces">
        <Button
          icon={isLive ? "live" : "pause"}
          isActive={isLive}
          aria-pressed={isLive}
          onClick={toggleLive}
        >
          Live
        </Button>
        <span className={styles.wide}>
          <Button
            icon="filter"
            isActive={hasRail}
            aria-pressed={hasRail}
            aria-label="Facets"
            onClick={toggleRail}
          />
        </span>
        <ViewsMenu
          filters={filters}
          columns={columns.ids}
          onOpen={setFilters}
          onColumns={columns.set}
        />
        <span className={styles.wide}>
          <ColumnMenu ids={columns.ids} onChange={columns.set} />
        </span>
        <ExportMenu filters={filters} />
        <TimeRangePicker
          value={filters}
          fallback={null}
          onChange={({ range, from, to }) =>
            setFilters({ ...filters, range, from, to } as TraceFilters)
          }
        />
      </PageHeader>
      <FilterBar
        filters={filters}
        searchRef={search}
        problem={filterProblem(traces.error)}
        onChange={setFilters}
      />
      <div className={styles.beside}>
        {hasRail && !isPhone && <FacetRail filters={filters} onChange={setFilters} />}
        <div className={styles.list} data-stale={traces.isPlaceholderData}>
          {live.waiting > 0 && (
            <button
              type="button"
              className={styles.pill}
              onClick={() => {
                live.show();
                keys.clear();
                scroll.current?.scrollTo({ top: 0 });
              }}
            >
              {live.waiting}
              {live.waiting >= 100 ? "+" : ""} new
            </button>
          )}
          <ListStates
            query={traces}
            isEmpty={rows.length === 0 && !hasNextPage}
            filters={filters}
            onClear={() => setFilters({})}
          >
            <TraceTable
              traces={rows}
              columns={columns.shown}
              isPhone={isPhone}
              selected={keys.selected}
              scroll={scroll}
              initialOffset={place.initial.offset}
              footer={listFooter(traces)}
              onScroll={(offset) => {
                place.remember({ offset });
                setAtTop(offset <= TOP_PX);
              }}
              onOpen={(trace) => open(trace.trace_id)}
              onEnd={onEnd}
            />
          </ListStates>
        </div>
        {peeked && <Peek trace={peeked} onClose={() => setPeeking(false)} />}
      </div>
    </div>
  );
}

/** A switch remembered in this browser. */
function useFlag(name: string, fallback: boolean): [boolean, () => void] {
  const [isOn, setOn] = useState(() => load(name, readFlag, fallback));
  const toggle = () => {
    save(name, !isOn);
    setOn(!isOn);
  };
  return [isOn, toggle];
}

/** What the API finds wrong with the filter. */
function filterProblem(error: unknown): string | undefined {
  return error instanceof ApiError && error.code === "invalid_filter" ? error.message : undefined;
}

function readFlag(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
