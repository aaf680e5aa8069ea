import { getRouteApi, Link } from "@tanstack/react-router";
import { useKey, useKeyUsage } from "@/api/access";
import { ApiError } from "@/api/http";
import type { Key, KeyUsage } from "@/api/model";
import { budgetText, fillOf, limitsText } from "@/components/allowance/words";
import { BackLink } from "@/components/BackLink";
import { ButtonLink } from "@/components/ButtonLink";
import { Loaded } from "@/components/Loaded";
import { Meter } from "@/components/Meter";
import { PageBody, Tile, Tiles } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { compactCount, count, dateTime, money, percent } from "@/lib/format";
import { useNames } from "@/lib/names";
import { searchesOf } from "@/lib/usage";
import { KeyActions } from "./KeyActions";
import { KeyStatusBadge } from "./KeyStatusBadge";
import styles from "./KeysPage.module.css";

const route = getRouteApi("/keys/$keyId");

export function KeyPage() {
  const { keyId } = route.useParams();
  const key = useKey(keyId);
  const isGone = key.error instanceof ApiError && key.error.status === 404;
  return (
    <>
      <PageHeader title={key.data?.name ?? "Key"} lead={<BackLink to="/keys" label="All keys" />}>
        {key.data && !isGone && (
          <>
            <KeyStatusBadge item={key.data} />
            <ButtonLink to="/keys/edit" search={{ id: keyId }} icon="edit">
              Edit
            </ButtonLink>
            <KeyActions item={key.data} />
          </>
        )}
      </PageHeader>
      <PageBody>
        {isGone ? (
          <Empty icon="key" title="There is no such key">
            <p>It may have been deleted. What it was used for stays in the ledger.</p>
          </Empty>
        ) : (
          <Loaded query={key} failure="The key cannot be shown">
            {(item) => (
              <>
                <Usage id={keyId} />
                <div className={styles.columns}>
                  <Facts item={item} />
                  <Allowed item={item} />
                </div>
              </>
            )}
          </Loaded>
        )}
      </PageBody>
    </>
  );
}

function Usage({ id }: { id: string }) {
  const usage = useKeyUsage(id);
  return (
    <Loaded query={usage} failure="Its usage cannot be shown" height={84}>
      {(used) => (
        <>
          <Tiles label="Usage">
            <Tile
              label="Cost"
              value={money(used.cost_usd)}
              note="since it was made, rotations included"
            />
            <Tile
              label="Requests"
              value={compactCount(used.requests)}
              note={`${count(used.errors)} errors`}
            />
            <Tile
              label="Tokens"
              value={compactCount(used.tokens.total)}
              note={[
                `${compactCount(used.tokens.input)} in, ${compactCount(used.tokens.output)} out`,
                ...searchesOf(used).map(([name, times]) => `${count(times)} ${name.toLowerCase()}`),
              ].join(", ")}
            />
            <Tile label="Saved by the cache" value={money(used.saved_usd)} />
            <Tile
              label="Without a price"
              value={count(used.unpriced_requests)}
              note={`${money(used.reserved_usd)} held by calls`}
            />
          </Tiles>
          <Budgets usage={used} />
        </>
      )}
    </Loaded>
  );
}

function Budgets({ usage }: { usage: KeyUsage }) {
  if (usage.budgets.length === 0) return null;
  return (
    <section className={styles.card} aria-label="Budgets">
      <h2>Budgets</h2>
      {usage.budgets.map((budget) => {
        const fill = fillOf(budget);
        return (
          <div key={`${budget.window} ${budget.limit_usd}`} className={styles.budget}>
            <p>
              <span>
                {money(budget.spent_usd)} of {budgetText(budget)}
              </span>
              <span className={styles.note}>
                {percent(fill.share, 0)}
                {budget.resets_at && `, until ${dateTime(new Date(budget.resets_at)).slice(0, 16)}`}
              </span>
            </p>
            <Meter label="Spent" share={fill.share} held={fill.held} tone={fill.tone} />
          </div>
        );
      })}
    </section>
  );
}

function Facts({ item }: { item: Key }) {
  const nameOf = useNames();
  const at = (time: string) => dateTime(new Date(time)).slice(0, 16);
  return (
    <section className={styles.card} aria-label="About this key">
      <h2>About</h2>
      <dl className={styles.facts}>
        <dt>Begins with</dt>
        <dd>
          <code>{item.prefix}</code>
        </dd>
        <dt>Project</dt>
        <dd>{nameOf("project", item.project)}</dd>
        <dt>Organization</dt>
        <dd>{nameOf("organization", item.organization)}</dd>
        <dt>Owner</dt>
        <dd>
          {item.owner ? (
            <Link to="/keys" search={{ owner: item.owner }}>
              {item.owner}
            </Link>
          ) : (
            "–"
          )}
        </dd>
        <dt>Made</dt>
        <dd>{at(item.created_time)}</dd>
        <dt>Ends</dt>
        <dd>{item.expires_at ? at(item.expires_at) : "never"}</dd>
        {item.replaced_by && (
          <>
            <dt>Replaced by</dt>
            <dd>
              <Link to="/keys/$keyId" params={{ keyId: item.replaced_by }}>
                {item.replaced_by}
              </Link>
            </dd>
          </>
        )}
        {Object.entries(item.metadata).map(([name, value]) => (
          <FactRow key={name} name={name} value={value} />
        ))}
      </dl>
    </section>
  );
}

function FactRow({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value || "–"}</dd>
    </>
  );
}

function Allowed({ item }: { item: Key }) {
  const limits = limitsText(item.limits);
  return (
    <section className={styles.card} aria-label="What it may do">
      <h2>What it may do</h2>
      <dl className={styles.facts}>
        <dt>Models</dt>
        <dd>{item.models.join(", ") || "all"}</dd>
        <dt>Routes</dt>
        <dd>{item.routes.join(", ") || "all"}</dd>
        <dt>Paths</dt>
        <dd>{item.endpoints.join(", ") || "all"}</dd>
        <dt>From</dt>
        <dd>{item.ips.join(", ") || "anywhere"}</dd>
        <dt>Limits</dt>
        <dd>{limits.join(", ") || "none"}</dd>
      </dl>
      <p className={styles.note}>
        <Link to="/spend" search={{ key: item.replaces ?? item.id }}>
          What it spent, by model
        </Link>
      </p>
    </section>
  );
}
