import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { usePolicy } from "@/api/policies";
import { currentScope } from "@/api/scope";
import { useRights } from "@/api/session";
import { BackLink } from "@/components/BackLink";
import { PageHeader } from "@/components/PageHeader";
import { ErrorState, Skeleton } from "@/components/States";
import { type Draft, draftOf, newDraft } from "./draft";
import { GuardTabs } from "./GuardTabs";
import styles from "./guard.module.css";
import { PolicyForm } from "./PolicyForm";

const route = getRouteApi("/guard/policies/edit");

export function EditPolicyPage() {
  const { name, from } = route.useSearch();
  return (
    <>
      <PageHeader
        title={name ? `Edit ${name}` : "New policy"}
        lead={<BackLink to="/guard/policies" label="All policies" />}
      />
      <GuardTabs />
      <div className={styles.body}>
        <Content key={`${name} ${from}`} name={name} from={from} />
      </div>
    </>
  );
}

function Content({ name, from }: { name: string | undefined; from: string | undefined }) {
  const found = usePolicy(name ?? from);
  const { rulesAll } = useRights();
  /** Whoever may not do everything makes policies for the chosen project, unless they say so. */
  const begin = (draft: Draft): Draft =>
    rulesAll
      ? draft
      : {
          ...draft,
          scope: { ...draft.scope, organizations: "", projects: currentScope().project },
        };
  if (!name && !from) return <Editor seen={undefined} draft={begin(newDraft())} />;
  if (found.isError) {
    return <ErrorState title="It cannot be edited" error={found.error} onRetry={found.refetch} />;
  }
  if (!found.data) {
    return (
      <div aria-busy="true">
        <Skeleton height={320} />
      </div>
    );
  }
  const { policy, summary } = found.data;
  if (name) return <Editor seen={summary.latest} draft={draftOf(policy)} />;
  const begun: Draft = { ...draftOf(policy), name: "", mode: "shadow" };
  return <Editor seen={undefined} draft={begin(begun)} />;
}

/** Keeps what the page began with: others may change the policy while this one is typed. */
function Editor(props: { seen: number | undefined; draft: Draft }) {
  const [seen] = useState(props.seen);
  const [draft] = useState(props.draft);
  return <PolicyForm seen={seen} draft={draft} />;
}
