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
  const { tab = "open" } = route.useSearch();
  const navigate = route.useNavigate();
  const mayManage = useMayHere("alerts.manage");
  return (
    <>
      <PageHeader title="Alerts">
        <Segmented
          label="What to show"
          value={tab}
          options={mayManage ? TABS : TABS.filter((one) => one.value !== "channels")}
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
