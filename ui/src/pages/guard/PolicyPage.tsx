import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  type PolicyDetail,
  useChangePolicy,
  useDeletePolicy,
  usePolicy,
  useVersions,
} from "@/api/policies";
import { useMayHere } from "@/api/rights";
import { BackLink } from "@/components/BackLink";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { PageHeader } from "@/components/PageHeader";
import { ErrorState, Skeleton } from "@/components/States";
import { Above } from "./Above";
import { GuardTabs } from "./GuardTabs";
import styles from "./guard.module.css";
import { StateBadges, scopeText } from "./PoliciesPage";
import { PublishForm } from "./PublishForm";
import { RuleList } from "./RuleList";
import { TestBench } from "./TestBench";
import { Versions } from "./Versions";

const route = getRouteApi("/guard/policies/$name");

export function PolicyPage() {
  const { name } = route.useParams();
  const found = usePolicy(name);
  return (
    <>
      <PageHeader
        title={`Policy ${name}`}
        lead={<BackLink to="/guard/policies" label="All policies" />}
      />
      <GuardTabs />
      <div className={styles.body}>
        {found.data && <Shown detail={found.data} />}
        {!found.data && found.isError && (
          <ErrorState title="It cannot be shown" error={found.error} onRetry={found.refetch} />
        )}
        {!found.data && !found.isError && (
          <div aria-busy="true">
            <Skeleton height={240} />
          </div>
        )}
      </div>
    </>
  );
}

function Shown({ detail }: { detail: PolicyDetail }) {
  const { summary, policy } = detail;
  const isOurs = summary.origin === "console";
  const mayMake = useMayHere("policies.manage");
  return (
    <>
      <section className={styles.panel} aria-label="State">
        <div className={styles.line}>
          <StateBadges one={summary} />
          <span className={styles.dim}>
            {scopeText(summary)} · level {summary.level} · priority {summary.priority}
            {summary.override && " · lower levels may override"}
            {!summary.exceptions && " · allows no exceptions"}
          </span>
          {(summary.may_change || mayMake) && (
            <span className={styles.push}>
              <Link
                to="/guard/policies/edit"
                search={summary.may_change ? { name: summary.name } : { from: summary.name }}
                className={styles.link}
              >
                {summary.may_change ? "Edit" : "Begin from it"}
              </Link>
            </span>
          )}
        </div>
        {summary.description && <p className={styles.dim}>{summary.description}</p>}
        <Above above={detail.above} />
        {summary.may_change && <Controls detail={detail} />}
      </section>
      <RuleList policy={detail.live ?? policy} name={summary.name} canSwitch={summary.may_change} />
      {isOurs && <VersionsOf detail={detail} />}
      {mayMake && <TestBench policy={policy} />}
    </>
  );
}

function Controls({ detail }: { detail: PolicyDetail }) {
  const { summary, live } = detail;
  const change = useChangePolicy(summary.name);
  const [isPublishing, setPublishing] = useState(false);
  const mode = live?.mode ?? summary.mode;
  const other = mode === "shadow" ? "enforce" : "shadow";
  return (
    <>
      <div className={styles.line}>
        {(summary.latest !== summary.live || summary.trial !== null) && (
          <Button kind="primary" onClick={() => setPublishing(true)}>
            Publish…
          </Button>
        )}
        {summary.live !== null && (
          <Button
            disabled={change.isPending}
            onClick={() => change.mutate({ what: "mode", body: { mode: other } })}
          >
            {other === "enforce" ? "Enforce it" : "Put it in shadow"}
          </Button>
        )}
        {summary.trial !== null && (
          <Button
            disabled={change.isPending}
            onClick={() => change.mutate({ what: "unpublish", body: { trial_only: true } })}
          >
            End the trial
          </Button>
        )}
        {summary.live !== null && (
          <Button
            disabled={change.isPending}
            onClick={() => change.mutate({ what: "unpublish", body: { trial_only: false } })}
          >
            Unpublish
          </Button>
        )}
        <Delete name={summary.name} />
      </div>
      {change.isError && <p className={styles.problem}>{change.error.message}</p>}
      {isPublishing && <PublishForm summary={summary} onClose={() => setPublishing(false)} />}
    </>
  );
}

function Delete({ name }: { name: string }) {
  const [isAsking, setAsking] = useState(false);
  const remove = useDeletePolicy();
  const navigate = useNavigate();
  const onSuccess = () => navigate({ to: "/guard/policies" });
  return (
    <>
      <Button kind="ghost" icon="trash" onClick={() => setAsking(true)}>
        Delete
      </Button>
      {isAsking && (
        <Confirm
          title={`Delete ${name}?`}
          action="Delete"
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(name, { onSuccess })}
          onClose={() => setAsking(false)}
        >
          <p>It holds no more within a second. Its versions are kept for the record.</p>
        </Confirm>
      )}
    </>
  );
}

function VersionsOf({ detail }: { detail: PolicyDetail }) {
  const versions = useVersions(detail.summary.name);
  if (versions.isError) {
    return (
      <ErrorState
        title="The versions cannot be shown"
        error={versions.error}
        onRetry={versions.refetch}
      />
    );
  }
  if (!versions.data) return <Skeleton height={120} />;
  return <Versions name={detail.summary.name} versions={versions.data} />;
}
