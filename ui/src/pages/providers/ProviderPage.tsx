import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { ApiError } from "@/api/http";
import type { Provider, ProviderDetail } from "@/api/model";
import { useProvider } from "@/api/providers";
import { TimeChart } from "@/charts/TimeChart";
import { BackLink } from "@/components/BackLink";
import { Badge } from "@/components/Badge";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { compactCount, count, duration, percent } from "@/lib/format";
import { historyOf } from "./history";
import { Outcomes } from "./Outcomes";
import { ProviderBadge } from "./ProviderBadge";
import styles from "./ProviderPage.module.css";
import { keyOf } from "./state";
import { TargetList } from "./TargetList";

const route = getRouteApi("/providers/$name");

export function ProviderPage() {
  const { name } = route.useParams();
  const detail = useProvider(name);
  return (
    <>
      <PageHeader title={name} lead={<BackLink to="/providers" label="All providers" />}>
        <Link to="/traces" search={{ provider: name }} className={styles.link}>
          Traces
        </Link>
      </PageHeader>
      <div className={styles.body}>
        <Content detail={detail} name={name} />
      </div>
    </>
  );
}

function Content({ detail, name }: { detail: ReturnType<typeof useProvider>; name: string }) {
  if (detail.data) return <Detail detail={detail.data} />;
  if (detail.error instanceof ApiError && detail.error.status === 404) {
    return (
      <Empty icon="providers" title={`No provider is called ${name}`}>
        <p>It may have been taken out of the configuration.</p>
      </Empty>
    );
  }
  if (detail.error) {
    return (
      <ErrorState
        title="The provider cannot be loaded"
        error={detail.error}
        onRetry={detail.refetch}
      />
    );
  }
  return (
    <div aria-busy="true" className={styles.busy}>
      <Skeleton height={90} />
      <Skeleton height={230} />
      <Skeleton height={180} />
    </div>
  );
}

function Detail({ detail }: { detail: ProviderDetail }) {
  const history = useMemo(() => historyOf(detail), [detail]);
  const { provider } = detail;
  return (
    <>
      <Facts provider={provider} />
      <Figures provider={provider} />
      <div className={styles.charts}>
        <TimeChart
          title="Attempts and errors"
          note={`last hour, per ${detail.step_s} s`}
          timeline={history.timeline}
          lines={history.calls}
          format={compactCount}
          nothing="No attempts in the last hour"
        />
        <TimeChart
          title="Latency"
          note={`last hour, per ${detail.step_s} s`}
          timeline={history.timeline}
          lines={history.latency}
          format={duration}
          nothing="No answers in the last hour"
        />
      </div>
      <TargetList detail={detail} />
      <Outcomes provider={provider} />
    </>
  );
}

function Facts({ provider }: { provider: Provider }) {
  const places = provider.places;
  return (
    <div className={styles.facts}>
      <ProviderBadge provider={provider} />
      <Badge>{provider.kind}</Badge>
      {provider.simulated && <Badge tone="violet">simulated</Badge>}
      <span className={styles.url}>{provider.base_url}</span>
      <span>{keyOf(provider)}</span>
      {(provider.dialects ?? []).map((dialect, index) => (
        <Badge key={dialect} tone={index === 0 ? "info" : "neutral"} title="A dialect it speaks">
          {dialect}
        </Badge>
      ))}
      {places != null && (
        <span>
          {provider.in_flight ?? 0} of {places} places taken, {provider.waiting ?? 0} waiting
        </span>
      )}
    </div>
  );
}

function Figures({ provider }: { provider: Provider }) {
  const requests = provider.requests ?? 0;
  const errors = provider.errors ?? 0;
  const rows: [string, string, boolean?][] = [
    ["Attempts", count(requests)],
    ["Error rate", percent(requests ? errors / requests : null), errors > 0],
    ["Under way", count(provider.in_flight ?? 0)],
    ["Latency p50", duration(provider.latency_p50_ms)],
    ["Latency p95", duration(provider.latency_p95_ms)],
    ["First token p50", duration(provider.ttft_p50_ms)],
  ];
  return (
    <dl className={styles.figures} title="Since the start of Vedette">
      {rows.map(([label, value, isBad]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={isBad ? styles.bad : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
