import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { Fragment } from "react";
import { useLiveState } from "@/api/live";
import { useAccess } from "@/api/rights";
import { AccountItems, AccountMenu } from "@/app/Account";
import { ProjectItems, ProjectMenu, useProjectChoice } from "@/app/ProjectMenu";
import { FIRST_ON_PHONES, openGroups } from "@/app/pages";
import { type Theme, useTheme } from "@/app/theme";
import { Button } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { Menu, MenuItem, MenuLabel } from "@/components/Menu";
import { cx } from "@/lib/cx";
import styles from "./Shell.module.css";

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
  const access = useAccess();
  return (
    <aside className={styles.side} aria-label="Console">
      <div className={styles.brand}>
        <img src="/favicon.svg" width="22" height="22" alt="" />
        <span>Vedette</span>
      </div>
      <ProjectMenu />
      <nav className={styles.nav} aria-label="Pages">
        {openGroups(access).map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
          <div key={group.label} className={styles.group} role="group" aria-label={group.label}>
            <span className={styles.groupLabel} aria-hidden="true">
              {group.label}
            </span>
            {group.pages.map((page) => (
              <Link
                key={page.to}
                to={page.to}
                className={cx(
                  styles.link,
                  !FIRST_ON_PHONES.includes(page.to) && styles.notOnPhones,
                )}
                activeOptions={{ exact: page.to === "/", includeSearch: false }}
                title={page.label}
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
          </div>
        ))}
        <MorePages />
      </nav>
      <AccountMenu />
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

/** On phones: the pages that the bar has no room for. */
function MorePages() {
  const navigate = useNavigate();
  const hasChoice = useProjectChoice() !== null;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isHere = !FIRST_ON_PHONES.some((to) => path === to || (to !== "/" && path.startsWith(to)));
  const access = useAccess();
  return (
    <div className={styles.more}>
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            className={styles.link}
            aria-label="More pages"
            data-status={isHere ? "active" : undefined}
          >
            <Icon name="more" />
            <span>More</span>
          </button>
        }
      >
        {openGroups(access).map((group) => {
          const rest = group.pages.filter((page) => !FIRST_ON_PHONES.includes(page.to));
          return (
            rest.length > 0 && (
              <Fragment key={group.label}>
                <MenuLabel>{group.label}</MenuLabel>
                {rest.map((page) => (
                  <MenuItem key={page.to} onSelect={() => navigate({ to: page.to })}>
                    <Icon name={page.icon} />
                    {page.label}
                  </MenuItem>
                ))}
              </Fragment>
            )
          );
        })}
        {hasChoice && (
          <>
            <MenuLabel>Project</MenuLabel>
            <ProjectItems />
          </>
        )}
        {access.user && (
          <>
            <MenuLabel>{access.user.name}</MenuLabel>
            <AccountItems />
          </>
        )}
      </Menu>
    </div>
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
