import { getRouteApi } from "@tanstack/react-router";
import { PageHeader } from "@/components/PageHeader";
import { Segmented } from "@/components/Segmented";
import { Alarms } from "./Alarms";
import { Compare } from "./Compare";
import styles from "./DriftPage.module.css";
import { ExportMenu } from "./ExportMenu";
import { Probes } from "./Probes";
import { TABS } from "./search";
import { Watched } from "./Watched";

const route = getRouteApi("/drift");

export function DriftPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { tab = "watch", ...rest } = search;
  return (
    <>
      <PageHeader title="Drift">
        <Segmented
          label="What to show"
          value={tab}
          options={TABS}
          onChange={(next) =>
            navigate({ search: next === "watch" ? rest : { ...rest, tab: next } })
          }
        />
        <ExportMenu tab={tab} search={search} />
      </PageHeader>
      <div className={styles.body}>
        {tab === "alarms" ? (
          <Alarms />
        ) : tab === "compare" ? (
          <Compare
            value={search}
            onChange={(next) => navigate({ search: { ...next, tab: "compare" }, replace: true })}
          />
        ) : tab === "probes" ? (
          <Probes />
        ) : (
          <Watched />
        )}
      </div>
    </>
  );
}
