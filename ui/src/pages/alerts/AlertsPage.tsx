import { getRouteApi } from "@tanstack/react-router";
import { useMayHere } from "@/api/rights";
import { PageHeader } from "@/components/PageHeader";
import { Segmented } from "@/components/Segmented";
import styles from "./AlertsPage.module.css";
import { Channels } from "./Channels";
import { Inbox } from "./Inbox";
import { Rules } from "./Rules";
import { TABS } from "./search";

const route = getRouteApi("/alerts");

export function AlertsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayManage = useMayHere("alerts.manage");
  const tabs = mayManage ? TABS : TABS.filter((one) => one.value !== "channels");
  const tab = tabs.find((one) => one.value === search.tab)?.value ?? "open";
  return (
    <>
      <PageHeader title="Alerts">
        <Segmented
          label="What to show"
          value={tab}
          options={tabs}
          onChange={(next) => navigate({ search: next === "open" ? {} : { tab: next } })}
        />
      </PageHeader>
      <div className={styles.body}>
        {tab === "rules" ? (
          <Rules />
        ) : tab === "channels" ? (
          <Channels />
        ) : (
          <Inbox state={tab === "past" ? "resolved" : "firing"} />
        )}
      </div>
    </>
  );
}
