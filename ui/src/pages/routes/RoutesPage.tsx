import { getRouteApi, Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useProviders } from "@/api/providers";
import { useRoutes } from "@/api/routes";
import { useRights } from "@/api/session";
import { Icon } from "@/components/Icon";
import { PageHeader } from "@/components/PageHeader";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { DryRun } from "./DryRun";
import { RouteCard } from "./RouteCard";
import styles from "./RoutesPage.module.css";
import type { QuestionSearch } from "./search";

const route = getRouteApi("/routes");

export function RoutesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const routes = useRoutes();
  const { rulesAll } = useRights();
  const providers = useProviders();
  const ask = (next: QuestionSearch) => navigate({ search: next, replace: true });
  const panel = useRef<HTMLDivElement>(null);
  const askAbout = (model: string) => {
    ask({ ...search, model });
    // On a phone it stands below the list.
    panel.current?.scrollIntoView({ block: "nearest" });
  };
  const names = (routes.data ?? []).map((one) => one.route.model);
  const direct = (providers.data ?? []).map((one) => `${one.name}/`);
  return (
    <>
      <PageHeader title="Routes">
        {rulesAll && (
          <Link to="/routes/edit" className={styles.create}>
            <Icon name="plus" width={14} height={14} />
            New route
          </Link>
        )}
      </PageHeader>
      <div className={styles.body}>
        <section aria-label="All routes" className={styles.column}>
          <List routes={routes} onAsk={askAbout} asked={search.model} />
        </section>
        <div ref={panel}>
          <DryRun value={search} onChange={ask} names={[...names, ...direct]} />
        </div>
      </div>
    </>
  );
}

interface ListProps {
  routes: ReturnType<typeof useRoutes>;
  asked: string | undefined;
  onAsk: (model: string) => void;
}

function List({ routes, asked, onAsk }: ListProps) {
  if (routes.isPending) {
    return (
      <div aria-busy="true" className={styles.cards}>
        <Skeleton height={120} />
        <Skeleton height={120} />
      </div>
    );
  }
  if (!routes.data) {
    return (
      <ErrorState
        title="The routes cannot be loaded"
        error={routes.error}
        onRetry={routes.refetch}
      />
    );
  }
  if (routes.data.length === 0) {
    return (
      <Empty icon="routes" title="No routes yet">
        <p>
          A route is a model name of your own with targets behind it: when one fails, the next
          answers. Without routes, <code>provider/model</code> reaches every model.
        </p>
      </Empty>
    );
  }
  return (
    <div className={styles.cards}>
      {routes.data.map((one) => (
        <RouteCard
          key={`${one.origin} ${one.route.model}`}
          route={one}
          isAsked={one.route.model === asked && one.problem === null}
          onAsk={onAsk}
        />
      ))}
    </div>
  );
}
