import { Link } from "@tanstack/react-router";
import type { HeldBudget } from "@/api/model";
import { useBudgets } from "@/api/money";
import { useMayHere } from "@/api/rights";
import { actionText, budgetText, fillOf } from "@/components/allowance/words";
import { Badge } from "@/components/Badge";
import { ButtonLink } from "@/components/ButtonLink";
import { Loaded } from "@/components/Loaded";
import { Meter } from "@/components/Meter";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { dateTime, money, percent } from "@/lib/format";
import { type Naming, useNames } from "@/lib/names";
import { Allowances } from "./Allowances";
import styles from "./BudgetsPage.module.css";

export function BudgetsPage() {
  const budgets = useBudgets();
  const nameOf = useNames();
  const mayMake = useMayHere("project.manage");
  return (
    <>
      <PageHeader title="Budgets">
        {mayMake && (
          <ButtonLink to="/budgets/edit" kind="primary" icon="plus">
            New budget
          </ButtonLink>
        )}
      </PageHeader>
      <PageBody>
        <Loaded query={budgets} failure="The budgets cannot be shown">
          {(items) =>
            items.length === 0 ? (
              <Empty icon="budget" title="No budgets yet">
                <p>
                  A budget holds what a call may cost before it is made, so nobody overspends. Keys,
                  projects and organizations have theirs where they are made; users, sessions,
                  models and tags get one here.
                </p>
              </Empty>
            ) : (
              <ul className={styles.list} aria-label="All budgets">
                {items.map((item) => (
                  <BudgetCard key={item.id} item={item} nameOf={nameOf} />
                ))}
              </ul>
            )
          }
        </Loaded>
        <Allowances nameOf={nameOf} />
      </PageBody>
    </>
  );
}

/** Whose a budget is. */
export function holderText(item: Pick<HeldBudget, "scope" | "name" | "project">, nameOf: Naming) {
  const name = item.name ? nameOf(item.scope, item.name) : `all ${item.scope}s together`;
  return item.project && item.scope !== "key"
    ? `${name} in ${nameOf("project", item.project)}`
    : name;
}

function BudgetCard({ item, nameOf }: { item: HeldBudget; nameOf: Naming }) {
  const { budget } = item;
  const fill = fillOf(budget);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Badge>{item.scope}</Badge>
        <h2>
          <Link to="/budgets/$budgetId" params={{ budgetId: item.id }}>
            {holderText(item, nameOf)}
          </Link>
        </h2>
        <span className={styles.push}>
          <Badge tone={fill.tone} hasDot>
            {fill.word}
          </Badge>
        </span>
      </div>
      <p className={styles.figure}>
        <b>{money(budget.spent_usd)}</b> of {budgetText(budget)}
        <span>{percent(fill.share, 0)}</span>
      </p>
      <Meter label="Spent" share={fill.share} held={fill.held} tone={fill.tone} />
      <p className={styles.note}>
        {actionText(budget)}
        {budget.resets_at && ` · until ${dateTime(new Date(budget.resets_at)).slice(0, 16)}`}
        {Number(budget.reserved_usd) > 0 && ` · ${money(budget.reserved_usd)} held by calls`}
      </p>
    </li>
  );
}
