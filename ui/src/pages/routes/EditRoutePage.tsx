import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useProviders } from "@/api/providers";
import { useRoutes } from "@/api/routes";
import { BackLink } from "@/components/BackLink";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { draftOf, newDraft } from "./draft";
import { RouteForm, type Seen } from "./RouteForm";

const route = getRouteApi("/routes/edit");

export function EditRoutePage() {
  const { model } = route.useSearch();
  return (
    <>
      <PageHeader
        title={model ? `Route ${model}` : "New route"}
        lead={<BackLink to="/routes" label="All routes" />}
      />
      <Content key={model ?? ""} model={model} />
    </>
  );
}

function Content({ model }: { model: string | undefined }) {
  const routes = useRoutes();
  const providers = useProviders();
  const error = routes.error ?? providers.error;
  if (!routes.data || !providers.data) {
    return error ? (
      <ErrorState
        title="The route cannot be edited"
        error={error}
        onRetry={() => {
          void routes.refetch();
          void providers.refetch();
        }}
      />
    ) : (
      <div aria-busy="true">
        <PageBody>
          <Skeleton height={320} />
        </PageBody>
      </div>
    );
  }
  const managed = routes.data.find((one) => one.route.model === model && one.version !== null);
  if (model && !managed) {
    const place = routes.data.find((one) => one.route.model === model)?.place;
    return (
      <Empty icon="routes" title={place ? `${model} stands in ${place}` : `No route ${model}`}>
        <p>
          {place
            ? "Routes of the configuration are changed there; a save is enough."
            : "It may have been deleted."}
        </p>
      </Empty>
    );
  }
  return (
    <Editor
      seen={managed && { model: managed.route.model, version: managed.version ?? 0 }}
      draft={managed ? draftOf(managed.route) : newDraft(providers.data[0]?.name)}
      providers={providers.data}
    />
  );
}

type EditorProps = Parameters<typeof RouteForm>[0];

/** Keeps what the page began with: others may change the route while this one is typed. */
function Editor(props: EditorProps) {
  const [seen] = useState<Seen | undefined>(props.seen);
  const [draft] = useState(props.draft);
  return <RouteForm seen={seen} draft={draft} providers={props.providers} />;
}
