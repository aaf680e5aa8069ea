import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { ApiError } from "@/api/http";
import type { BudgetBurn } from "@/api/model";
import { useBudget } from "@/api/money";
import { useMayHere } from "@/api/rights";
import { TimeChart } from "@/charts/TimeChart";
import { actionText, fillOf, windowText } from "@/components/allowance/words";
import { BackLink } from "@/components/BackLink";
import { Badge } from "@/components/Badge";
import { Loaded } from "@/components/Loaded";
import { Meter } from "@/components/Meter";
import { PageBody, Tile, Tiles } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { dateTime, money, percent } from "@/lib/format";
import { useNames } from "@/lib/names";
import { holderText } from "./BudgetsPage";
import styles from "./BudgetsPage.module.css";
import { burnChart } from "./burn";

const route = getRouteApi("/budgets/$budgetId");

export function BudgetPage() {
  const { budgetId } = route.useParams();
  const budget = useBudget(budgetId);
  const nameOf = useNames();
  const title = budget.data ? `Budget of ${holderText(budget.data, nameOf)}` : "Budget";
  const isGone = budget.error instanceof ApiError && budget.error.status === 404;
  return (
    <>
      <PageHeader title={title} lead={<BackLink to="/budgets" label="All budgets" />}>
        {budget.data && <Owner burn={budget.data} />}
      </PageHeader>
      <PageBody>
        {isGone ? (
          <Empty icon="budget" title="There is no such budget">
            <p>It may have been deleted, or its window changed.</p>
          </Empty>
        ) : (
          <Loaded query={budget} failure="The budget cannot be shown" height={420}>
            {(burn) => <Content burn={burn} />}
          </Loaded>
        )}
      </PageBody>
    </>
  );
}

/** Where the budget is set. */
function Owner({ burn }: { burn: BudgetBurn }) {
  const mayKeys = useMayHere("keys.manage");
  if (burn.scope === "key" && burn.name && mayKeys) {
    return (
      <Link to="/keys/$keyId" params={{ keyId: burn.name }}>
        <Badge tone="accent">key</Badge>
      </Link>
    );
  }
  return <Badge>{burn.scope}</Badge>;
}

function Content({ burn }: { burn: BudgetBurn }) {
  const { budget } = burn;
  const fill = fillOf(budget);
  const chart = useMemo(() => burnChart(burn), [burn]);
  const left = Math.max(0, Number(budget.limit_usd) - Number(budget.spent_usd));
  return (
    <>
      <Tiles label="The budget">
        <Tile
          label="Spent"
          value={money(budget.spent_usd)}
          note={<Meter label="Spent" share={fill.share} held={fill.held} tone={fill.tone} />}
        />
        <Tile label="Left" value={money(left)} note={percent(Math.max(0, 1 - fill.share), 0)} />
        <Tile
          label="Limit"
          value={money(budget.limit_usd)}
          note={`${windowText(budget.window)}${budget.timezone === "UTC" ? "" : `, ${budget.timezone}`}`}
        />
        <Tile label="Held by calls" value={money(budget.reserved_usd)} note={actionText(budget)} />
        <Tile label="Lately" value={money(burn.forecast.usd_per_day)} note="a day" />
      </Tiles>
      <TimeChart
        title="Spent in the window"
        note="USD, from the ledger"
        timeline={chart.timeline}
        lines={chart.lines}
        format={money}
        nothing="Nothing was spent yet"
      />
      <Forecast burn={burn} />
    </>
  );
}

function Forecast({ burn }: { burn: BudgetBurn }) {
  const { budget, forecast } = burn;
  const at = (time: string) => dateTime(new Date(time)).slice(0, 16);
  const isSpent = Number(budget.spent_usd) >= Number(budget.limit_usd);
  return (
    <section className={styles.forecast} aria-label="Forecast">
      <p>
        {isSpent
          ? `It is spent${budget.resets_at ? `; all of it is free again at ${at(budget.resets_at)}` : ""}.`
          : forecast.exhausted_at
            ? `At this pace it is spent at ${at(forecast.exhausted_at)}.`
            : `At this pace ${money(forecast.end_usd)} of it are spent at ${at(forecast.end_time)}.`}
      </p>
      <p>
        The pace is that of the last quarter of a rolling window, else of the last week. Warnings at{" "}
        {budget.soft.map((share) => percent(share, 0)).join(", ")}.
      </p>
    </section>
  );
}
