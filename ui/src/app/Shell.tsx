import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useAccess } from "@/api/rights";
import { useAdmission } from "@/app/admission";
import { Closed } from "@/app/Closed";
import { CommandDialog } from "@/app/CommandDialog";
import { HelpDialog } from "@/app/HelpDialog";
import { isMet, needOf, openGroups } from "@/app/pages";
import { Sidebar } from "@/app/Sidebar";
import { Empty } from "@/components/States";
import { useKeys } from "@/lib/keys";
import styles from "./Shell.module.css";

type OpenDialog = "help" | "command" | null;

export function Shell() {
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const navigate = useNavigate();
  const access = useAccess();
  // While a page is on its way the one before is still drawn.
  const drawn = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? path });
  const needs = [needOf(path), needOf(drawn)].find((one) => !isMet(one, access));
  useKeys({
    "?": () => setDialog("help"),
    ...Object.fromEntries(
      openGroups(access).flatMap(({ pages }) =>
        pages.flatMap((page) =>
          "key" in page ? [[page.key, () => navigate({ to: page.to })] as const] : [],
        ),
      ),
    ),
  });
  useCommandKey(() => setDialog("command"));
  useFocusOnNavigation(main, path);
  const admission = useAdmission(path === "/login");
  if (path === "/login") return <Outlet />;
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <Sidebar onHelp={() => setDialog("help")} onCommand={() => setDialog("command")} />
      <main id="main" ref={main} className={styles.main} tabIndex={-1}>
        {admission === "ready" ? (
          needs ? (
            <Closed needs={needs} />
          ) : (
            <Outlet />
          )
        ) : admission === "nowhere" ? (
          <Nowhere path={path} />
        ) : (
          <div aria-busy="true" />
        )}
      </main>
      {dialog === "help" && <HelpDialog onClose={() => setDialog(null)} />}
      {dialog === "command" && <CommandDialog onClose={() => setDialog(null)} />}
    </div>
  );
}

/** What has to do with people and places, not with calls. */
const WITHOUT_PROJECT = /^\/(profile|members|projects|audit)(\/|$)/;

/** A member of no project. */
function Nowhere({ path }: { path: string }) {
  if (WITHOUT_PROJECT.test(path)) return <Outlet />;
  return (
    <Empty icon="lock" title="No project is yours to see yet">
      <p>Ask whoever invited you for a place in an organization.</p>
    </Empty>
  );
}

/** Ctrl+K or Cmd+K, also from within a field. */
function useCommandKey(onOpen: () => void): void {
  const latest = useRef(onOpen);
  useEffect(() => {
    latest.current = onOpen;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** Screen readers and the page keys start at the new page, not at the link that led there. */
function useFocusOnNavigation(main: React.RefObject<HTMLElement | null>, path: string): void {
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo(0, 0);
  }, [main, path]);
  useEffect(() => {
    const link = document.querySelector(`nav a[data-status="active"]`);
    if (path) link?.scrollIntoView({ block: "nearest" });
  }, [path]);
}
