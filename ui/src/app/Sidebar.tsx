import { Link } from "@tanstack/react-router";
import { useLiveState } from "@/api/live";
import { type Theme, useTheme } from "@/app/theme";
import { Button } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import styles from "./Shell.module.css";

const PAGES = [
  { to: "/", label: "Overview", icon: "overview", key: "1" },
  { to: "/traces", label: "Traces", icon: "traces", key: "2" },
  { to: "/sessions", label: "Sessions", icon: "sessions" },
  { to: "/users", label: "Users", icon: "user" },
  { to: "/providers", label: "Providers", icon: "providers", key: "3" },
  { to: "/routes", label: "Routes", icon: "routes", key: "4" },
  { to: "/alerts", label: "Alerts", icon: "bell" },
  { to: "/audit", label: "Audit", icon: "audit", key: "9" },
] as const;

const THEME_ICONS: Record<Theme, IconName> = { system: "system", light: "sun", dark: "moon" };

const LIVE_LABELS = {
  live: "Live",
  connecting: "Connecting",
  offline: "Reconnecting",
} as const;

interface SidebarProps {
  onHelp: () => void;
  onCommand: () => void;
}

export function Sidebar({ onHelp, onCommand }: SidebarProps) {
  const [theme, nextTheme] = useTheme();
  return (
    <aside className={styles.side} aria-label="Console">
      <div className={styles.brand}>
        <img src="/favicon.svg" width="22" height="22" alt="" />
        <span>Vedette</span>
      </div>
      <nav className={styles.nav} aria-label="Pages">
        {PAGES.map((page) => (
          <Link
            key={page.to}
            to={page.to}
            className={styles.link}
            activeOptions={{ exact: page.to === "/", includeSearch: false }}
            aria-label={page.label}
          >
            <Icon name={page.icon} />
            <span>{page.label}</span>
            {"key" in page && (
              <span className={styles.key} aria-hidden="true">
                {page.key}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <div className={styles.spacer} />
      <div className={styles.foot}>
        <LiveLamp />
        <Button
          kind="ghost"
          icon="search"
          aria-label="Go to… (Ctrl+K)"
          className={styles.optional}
          onClick={onCommand}
        />
        <Button
          kind="ghost"
          icon="help"
          aria-label="Keyboard shortcuts (?)"
          className={styles.optional}
          onClick={onHelp}
        />
        <Button
          kind="ghost"
          icon={THEME_ICONS[theme]}
          aria-label={`Theme: ${theme}. Change`}
          onClick={nextTheme}
        />
      </div>
    </aside>
  );
}

function LiveLamp() {
  const state = useLiveState();
  const label = LIVE_LABELS[state];
  return (
    <div
      className={styles.live}
      role="status"
      aria-label={`Live feed: ${label}`}
      title={`Live feed: ${label}`}
    >
      <span className={styles.lamp} data-state={state} />
      <span>{label}</span>
    </div>
  );
}
