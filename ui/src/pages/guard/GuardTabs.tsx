import { Link } from "@tanstack/react-router";
import styles from "./guard.module.css";

const TABS = [
  { to: "/guard", label: "Overview" },
  { to: "/guard/findings", label: "Findings" },
  { to: "/guard/policies", label: "Policies" },
  { to: "/guard/exceptions", label: "Exceptions" },
] as const;

export function GuardTabs() {
  return (
    <nav className={styles.tabs} aria-label="Guard">
      {TABS.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          activeOptions={{ exact: tab.to === "/guard", includeSearch: false }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
