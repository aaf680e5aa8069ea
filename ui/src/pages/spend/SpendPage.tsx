import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useUsage } from "@/api/money";
import { Button } from "@/components/Button";
import { Loaded } from "@/components/Loaded";
import { PageBody, Tile, Tiles } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { compactCount, count, money, percent } from "@/lib/format";
import { type Naming, useNames } from "@/lib/names";
import type { RangeSearch } from "@/lib/timerange";
import { cacheReadOf, searchesOf } from "@/lib/usage";
import { ExportMenu } from "./ExportMenu";
import { SpendChart } from "./SpendChart";
import styles from "./SpendPage.module.css";
import { MOST_ROWS, SpendTable } from "./SpendTable";
import {
  DEFAULT_BY,
  DIMENSIONS,
  type Dimension,
  filtersOf,
  SPEND_RANGE,
  type SpendSearch,
  usageParams,
} from "./search";

const route = getRouteApi("/spend");

export function SpendPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const by = search.by ?? DEFAULT_BY;
  const params = useMemo(() => usageParams(search), [search]);
  const usage = useUsage({ ...params, by, top: String(MOST_ROWS) });
  const nameOf = useNames();
  const show = (next: SpendSearch) => navigate({ search: next, replace: true });
  const { range: _range, from: _from, to: _to, ...rest } = search;
  return (
    <>
      <PageHeader title="Spend">
        <ByField value={by} onChange={(next) => show({ ...search, by: next })} />
        <TimeRangePicker
          value={search}
          fallback={SPEND_RANGE}
          onChange={(range: RangeSearch) => navigate({ search: { ...rest, ...range } })}
        />
        <ExportMenu params={params} by={by} />
      </PageHeader>
      <PageBody>
        <Filters search={search} nameOf={nameOf} onChange={show} />
        <Loaded query={usage} failure="The spending cannot be shown" height={420}>
          {(report) =>
            report.total.requests === 0 ? (
              <Empty icon="spend" title="No calls in this range">
                <p>Every call through the gateway leaves a row in the ledger with its cost.</p>
              </Empty>
            ) : (
              <>
                <Totals report={report} />
                <SpendChart search={search} by={by} nameOf={nameOf} />
                <SpendTable
                  report={report}
                  by={by}
                  nameOf={nameOf}
                  onNarrow={(value) => show({ ...search, [by]: value, by: nextOf(by) })}
                />
              </>
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** What one looks at next within one of a dimension. */
const nextOf = (by: Dimension): Dimension =>
  by === "model" ? "key" : by === "organization" ? "project" : by === "project" ? "key" : "model";

function ByField({ value, onChange }: { value: Dimension; onChange: (by: Dimension) => void }) {
  return (
    <label className={styles.by}>
      <span>by</span>
      <select
        value={value}
        onChange={(event) => {
          const found = DIMENSIONS.find((one) => one.value === event.target.value);
          if (found) onChange(found.value);
        }}
      >
        {DIMENSIONS.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface FiltersProps {
  search: SpendSearch;
  nameOf: Naming;
  onChange: (search: SpendSearch) => void;
}

function Filters({ search, nameOf, onChange }: FiltersProps) {
  const set = filtersOf(search);
  if (set.length === 0) return null;
  return (
    <div className={styles.filters}>
      {set.map(([name, value]) => (
        <Button
          key={name}
          isSmall
          isActive
          icon="close"
          aria-label={`Remove filter ${name}: ${nameOf(name, value)}`}
          onClick={() => {
            const { [name]: _gone, ...kept } = search;
            onChange(kept);
          }}
        >
          {`${name}: ${nameOf(name, value)}`}
        </Button>
      ))}
    </div>
  );
}

function Totals({ report }: { report: NonNullable<ReturnType<typeof useUsage>["data"]> }) {
  const { total } = report;
  const { tokens } = total;
  return (
    <Tiles label="Totals">
      <Tile label="Cost" value={money(total.cost_usd)} note="calls with a known price" />
      <Tile
        label="Requests"
        value={compactCount(total.requests)}
        note={[
          `${percent(total.errors / total.requests)} errors`,
          ...searchesOf(total).map(([name, times]) => `${count(times)} ${name.toLowerCase()}`),
        ].join(", ")}
      />
      <Tile
        label="Tokens in"
        value={compactCount(tokens.input)}
        note={`${percent(tokens.input ? cacheReadOf(tokens) / tokens.input : 0)} read from caches of providers`}
      />
      <Tile
        label="Tokens out"
        value={compactCount(tokens.output)}
        note={`${percent(tokens.output ? tokens.reasoning / tokens.output : 0)} reasoning`}
      />
      <Tile label="Saved by the cache" value={money(total.saved_usd)} />
      <Tile
        label="Without a price"
        value={count(total.unpriced_requests)}
        note={`${count(total.estimated_requests)} with estimated tokens`}
        title="No price is known of them, or of their searches. Set one under `prices` in the configuration."
      />
    </Tiles>
  );
}
