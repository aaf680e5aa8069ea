import { getRouteApi } from "@tanstack/react-router";
import type { Saving, SavingsReport } from "@/api/model";
import { useSavings } from "@/api/money";
import { Badge, type Tone } from "@/components/Badge";
import { Loaded } from "@/components/Loaded";
import { PageBody, Tile, Tiles } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { compactCount, money, percent } from "@/lib/format";
import { rangeParams } from "@/lib/timerange";
import styles from "./SavingsPage.module.css";

const route = getRouteApi("/savings");

const KINDS: Record<Saving["kind"], { label: string; tone: Tone }> = {
  prompt_caching: { label: "prompt caching", tone: "info" },
  flex: { label: "flex tier", tone: "violet" },
  batch: { label: "batch API", tone: "violet" },
  newer_model: { label: "newer model", tone: "good" },
  smaller_model: { label: "smaller model", tone: "warn" },
  other_provider: { label: "other provider", tone: "accent" },
};

export function SavingsPage() {
  const range = route.useSearch();
  const navigate = route.useNavigate();
  const savings = useSavings(rangeParams(range, "30d"));
  return (
    <>
      <PageHeader title="Savings">
        <TimeRangePicker
          value={range}
          fallback="30d"
          onChange={(next) => navigate({ search: next })}
        />
      </PageHeader>
      <PageBody>
        <Loaded query={savings} failure="The savings cannot be shown">
          {(report) => <Report report={report} />}
        </Loaded>
      </PageBody>
    </>
  );
}

function Report({ report }: { report: SavingsReport }) {
  const largest = report.items[0];
  return (
    <>
      <Tiles label="Totals">
        <Tile label="Cost" value={money(report.cost_usd)} note="calls with a known price" />
        <Tile
          label="Saved by the cache"
          value={money(report.saved_by_cache_usd)}
          note="answers that nobody paid for"
        />
        <Tile
          label="Largest saving"
          value={money(largest?.saves_usd)}
          note={largest && KINDS[largest.kind].label}
        />
      </Tiles>
      {report.items.length === 0 ? (
        <Empty icon="savings" title="Nothing to save that is worth a word">
          <p>No cheaper tier, model or provider is known for the calls of this range.</p>
        </Empty>
      ) : (
        <>
          <ul className={styles.list} aria-label="Recommendations">
            {report.items.map((item) => (
              <Recommendation key={`${item.kind} ${item.provider} ${item.model}`} item={item} />
            ))}
          </ul>
          <p className={styles.note}>
            At today’s list prices, for the tokens that the calls used. Recommendations overlap:
            their sum cannot be had. Quality is yours to test.
          </p>
        </>
      )}
    </>
  );
}

function Recommendation({ item }: { item: Saving }) {
  const kind = KINDS[item.kind];
  const cost = Number(item.cost_usd);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Badge tone={kind.tone}>{kind.label}</Badge>
        <h2>
          {item.model}
          {item.other && <span> → {item.other}</span>}
        </h2>
      </div>
      <b className={styles.saves}>
        {item.is_upper_bound && "up to "}
        {money(item.saves_usd)}
        <small>{percent(cost ? Number(item.saves_usd) / cost : 0, 0)} less</small>
      </b>
      <p>{item.advice}</p>
      <p className={styles.note}>
        {compactCount(item.requests)} calls at {item.provider} for {money(item.cost_usd)}
      </p>
    </li>
  );
}
