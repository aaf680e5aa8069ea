import type { UseNavigateResult } from "@tanstack/react-router";
import { PAGES } from "@/app/pages";
import { setTheme, THEMES } from "@/app/theme";
import type { IconName } from "@/components/Icon";
import { isFilter, withText } from "@/lib/filters";

export interface Command {
  label: string;
  icon: IconName;
  run: () => void;
}

const TRACE_ID = /^[0-9a-f]{32}$/i;

/** What the text could mean: a trace id, a page, a setting, else a search. */
export function commandsFor(text: string, navigate: UseNavigateResult<string>): Command[] {
  const wanted = text.trim();
  if (TRACE_ID.test(wanted)) {
    const traceId = wanted.toLowerCase();
    return [
      {
        label: `Trace ${traceId}`,
        icon: "traces",
        run: () => navigate({ to: "/traces/$traceId", params: { traceId } }),
      },
    ];
  }
  const fixed: Command[] = [
    ...PAGES.map((page) => ({
      label: page.label,
      icon: page.icon,
      run: () => navigate({ to: page.to }),
    })),
    {
      label: "Traces with errors",
      icon: "alert",
      run: () => navigate({ to: "/traces", search: { status: "error" } }),
    },
    { label: "Send spans", icon: "plus", run: () => navigate({ to: "/start" }) },
    { label: "Compare traces", icon: "columns", run: () => navigate({ to: "/compare" }) },
    { label: "New route", icon: "plus", run: () => navigate({ to: "/routes/edit" }) },
    { label: "Findings", icon: "guard", run: () => navigate({ to: "/guard/findings" }) },
    { label: "Policies", icon: "guard", run: () => navigate({ to: "/guard/policies" }) },
    { label: "New policy", icon: "plus", run: () => navigate({ to: "/guard/policies/edit" }) },
    { label: "New key", icon: "plus", run: () => navigate({ to: "/keys/edit" }) },
    ...THEMES.map((theme) => ({
      label: `Theme: ${theme}`,
      icon:
        theme === "light"
          ? ("sun" as const)
          : theme === "dark"
            ? ("moon" as const)
            : ("system" as const),
      run: () => setTheme(theme),
    })),
  ];
  const found = fixed.filter((command) =>
    command.label.toLowerCase().includes(wanted.toLowerCase()),
  );
  if (!wanted) return found;
  const search: Command = {
    label: isFilter(wanted) ? `Traces where ${wanted}` : `Search traces for “${wanted}”`,
    icon: "search",
    run: () => navigate({ to: "/traces", search: withText({}, wanted) }),
  };
  return [...found, search];
}
