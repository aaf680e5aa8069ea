import { Link } from "@tanstack/react-router";
import { type PolicySummary, usePolicies } from "@/api/policies";
import { useMayHere } from "@/api/rights";
import { Badge } from "@/components/Badge";
import { Icon } from "@/components/Icon";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { dateTime } from "@/lib/format";
import { GuardTabs } from "./GuardTabs";
import styles from "./guard.module.css";

export function PoliciesPage() {
  const mayMake = useMayHere("policies.manage");
  const found = usePolicies();
  return (
    <>
      <PageHeader title="Policies">
        {mayMake && (
          <Link to="/guard/policies/edit" className={styles.create}>
            <Icon name="plus" width={14} height={14} />
            New policy
          </Link>
        )}
      </PageHeader>
      <GuardTabs />
      <div className={styles.body}>
        <Content found={found} />
      </div>
    </>
  );
}

function Content({ found }: { found: ReturnType<typeof usePolicies> }) {
  const mayMake = useMayHere("policies.manage");
  if (!found.data) {
    return found.isError ? (
      <ErrorState
        title="The policies cannot be loaded"
        error={found.error}
        onRetry={found.refetch}
      />
    ) : (
      <div aria-busy="true" className={styles.cards}>
        <Skeleton height={110} />
        <Skeleton height={110} />
      </div>
    );
  }
  const own = found.data.filter((one) => one.origin !== "bundled");
  const bundled = found.data.filter((one) => one.origin === "bundled");
  return (
    <>
      {own.length === 0 && (
        <Empty icon="audit" title="No policies yet">
          <p>
            A policy says what is looked for in calls, and what follows. Begin with one of these.
          </p>
        </Empty>
      )}
      {own.length > 0 && (
        <section className={styles.cards} aria-label="Policies">
          {own.map((one) => (
            <Card key={`${one.origin} ${one.name}`} one={one} />
          ))}
        </section>
      )}
      <section className={styles.panel} aria-label="Policies to begin from">
        <h2>To begin from</h2>
        {bundled.map((one) => (
          <div key={one.name} className={styles.line}>
            <Link to="/guard/policies/$name" params={{ name: one.name }} className={styles.link}>
              {one.name}
            </Link>
            <span className={styles.dim}>{one.description}</span>
            {mayMake && (
              <span className={styles.push}>
                <Link to="/guard/policies/edit" search={{ from: one.name }} className={styles.link}>
                  Begin from it
                </Link>
              </span>
            )}
          </div>
        ))}
      </section>
    </>
  );
}

function Card({ one }: { one: PolicySummary }) {
  return (
    <article className={styles.panel} aria-label={`Policy ${one.name}`}>
      <div className={styles.line}>
        <h2>
          <Link to="/guard/policies/$name" params={{ name: one.name }}>
            {one.name}
          </Link>
        </h2>
        <StateBadges one={one} />
      </div>
      {one.description && <p className={styles.dim}>{one.description}</p>}
      <div className={styles.line}>
        <span className={styles.dim}>
          {one.rules} {one.rules === 1 ? "rule" : "rules"}
          {one.shadow_rules > 0 && `, ${one.shadow_rules} in shadow`}
          {" · "}
          {scopeText(one)}
          {one.updated_time && ` · changed ${dateTime(new Date(one.updated_time))}`}
        </span>
      </div>
    </article>
  );
}

export function StateBadges({ one }: { one: PolicySummary }) {
  return (
    <>
      {one.live ? (
        <Badge tone="good" hasDot>
          {one.origin === "file" ? "live" : `version ${one.live} live`}
        </Badge>
      ) : (
        one.origin === "console" && <Badge>draft</Badge>
      )}
      {one.trial && (
        <Badge tone="violet">
          version {one.trial} on {one.share} %
        </Badge>
      )}
      {one.mode === "shadow" && <Badge tone="warn">shadow</Badge>}
      {one.origin === "file" && <Badge title="Change it in its file">configuration</Badge>}
      {one.origin === "bundled" && <Badge>comes with Vedette</Badge>}
    </>
  );
}

export function scopeText(one: PolicySummary): string {
  const parts = Object.entries(one.scope)
    .filter(([, names]) => names && names.length > 0)
    .map(([field, names]) => `${field}: ${names.join(", ")}`);
  return parts.length ? parts.join("; ") : "every call";
}
