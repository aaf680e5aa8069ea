import { Link } from "@tanstack/react-router";
import type { Provider } from "@/api/model";
import { useProviders } from "@/api/providers";
import { Badge } from "@/components/Badge";
import { PageHeader } from "@/components/PageHeader";
import { StateBadge } from "@/components/StateBadge";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { ago, compactCount, duration, percent } from "@/lib/format";
import { ProviderBadge } from "./ProviderBadge";
import styles from "./ProvidersPage.module.css";
import { keyOf, stateOf } from "./state";

export function ProvidersPage() {
  const providers = useProviders();
  return (
    <>
      <PageHeader title="Providers" />
      <div className={styles.body}>
        <Content providers={providers} />
      </div>
    </>
  );
}

function Content({ providers }: { providers: ReturnType<typeof useProviders> }) {
  if (providers.isPending) {
    return (
      <div className={styles.list} aria-busy="true">
        <Skeleton height={170} />
        <Skeleton height={170} />
      </div>
    );
  }
  if (!providers.data) {
    return (
      <ErrorState
        title="The providers cannot be loaded"
        error={providers.error}
        onRetry={providers.refetch}
      />
    );
  }
  if (providers.data.length === 0) {
    return (
      <Empty icon="providers" title="No provider is configured">
        <p>
          Put one under <code>providers</code> in the configuration, or set a key such as
          OPENAI_API_KEY in the environment and start Vedette again.
        </p>
      </Empty>
    );
  }
  return (
    <div className={styles.list}>
      {providers.data.map((provider) => (
        <Card key={provider.name} provider={provider} />
      ))}
    </div>
  );
}

function Card({ provider }: { provider: Provider }) {
  const state = stateOf(provider);
  const models = provider.models ?? [];
  return (
    <article className={styles.card} aria-label={`Provider ${provider.name}`}>
      <div className={styles.head}>
        <h2>
          <Link to="/providers/$name" params={{ name: provider.name }}>
            {provider.name}
          </Link>
        </h2>
        <Badge>{provider.kind}</Badge>
        {provider.simulated && <Badge tone="violet">simulated</Badge>}
        <span className={styles.push}>
          <ProviderBadge provider={provider} />
        </span>
      </div>
      <span className={styles.url} title={provider.base_url}>
        {provider.base_url}
      </span>
      <Figures provider={provider} />
      {state === "failing" && provider.last_error && (
        <p className={styles.error}>{provider.last_error}</p>
      )}
      <Targets provider={provider} />
      {models.length > 0 && (
        <div className={styles.models}>
          {models.slice(0, 6).map((model) => (
            <Badge key={model} title={model}>
              {model}
            </Badge>
          ))}
          {models.length > 6 && (
            <Badge title={models.slice(6).join(", ")}>+{models.length - 6}</Badge>
          )}
        </div>
      )}
      <div className={styles.foot}>
        <span>{keyOf(provider)}</span>
        {provider.last_success_time && (
          <span>last answer {ago(new Date(provider.last_success_time), new Date())}</span>
        )}
        <span className={styles.links}>
          <Link to="/providers/$name" params={{ name: provider.name }}>
            Details
          </Link>
          <Link to="/traces" search={{ provider: provider.name }}>
            Traces
          </Link>
        </span>
      </div>
    </article>
  );
}

/** Targets that were asked or that routes lead to, those in trouble first. */
function Targets({ provider }: { provider: Provider }) {
  const rank = { open: 0, half_open: 1, closed: 2, unknown: 3 };
  const targets = [...(provider.targets ?? [])].sort(
    (a, b) => rank[a.state ?? "unknown"] - rank[b.state ?? "unknown"],
  );
  if (targets.length === 0) return null;
  return (
    <ul className={styles.targets} aria-label="Targets">
      {targets.slice(0, MOST_TARGETS).map((target) => (
        <li key={target.model}>
          <span>{target.model || "calls without a model"}</span>
          <StateBadge
            health={{
              state: target.state ?? "unknown",
              cooldown_left_s: target.cooldown_left_s ?? null,
              last_error: target.last_error ?? null,
            }}
          />
        </li>
      ))}
      {targets.length > MOST_TARGETS && <li>and {targets.length - MOST_TARGETS} more</li>}
    </ul>
  );
}

const MOST_TARGETS = 4;

function Figures({ provider }: { provider: Provider }) {
  const requests = provider.requests ?? 0;
  const errors = provider.errors ?? 0;
  return (
    <dl className={styles.figures}>
      <div>
        <dt>Requests</dt>
        <dd>{compactCount(requests)}</dd>
      </div>
      <div>
        <dt>Errors</dt>
        <dd className={errors > 0 ? styles.bad : undefined}>
          {percent(requests ? errors / requests : null)}
        </dd>
      </div>
      <div>
        <dt>Latency p50</dt>
        <dd title={`p95 ${duration(provider.latency_p95_ms)}`}>
          {duration(provider.latency_p50_ms)}
        </dd>
      </div>
      <div>
        <dt>First token</dt>
        <dd>{duration(provider.ttft_p50_ms)}</dd>
      </div>
    </dl>
  );
}
