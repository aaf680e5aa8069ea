import type { UseNavigateResult } from "@tanstack/react-router";
import { isMet, type NavPage, PAGES } from "@/app/pages";
import { setTheme, THEMES } from "@/app/theme";
import type { IconName } from "@/components/Icon";
import { isFilter, withText } from "@/lib/filters";
import type { Access } from "@/lib/rights";

export interface Command {
  label: string;
  icon: IconName;
  run: () => void;
}

const TRACE_ID = /^[0-9a-f]{32}$/i;

/** What the text could mean: a trace id, a page, a setting, else a search. */
export function commandsFor(
  text: string,
  navigate: UseNavigateResult<string>,
  access: Access,
): Command[] {
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
    ...PAGES.filter((page: NavPage) => isMet(page.needs, access)).map((page) => ({
      label: page.label,
      icon: page.icon,
      run: () => navigate({ to: page.to }),
    })),
    ...(access.here("calls.read") ? ofCalls(navigate) : []),
    { label: "Send spans", icon: "plus", run: () => navigate({ to: "/start" }) },
    ...(access.user
      ? [
          {
            label: "Profile",
            icon: "user" as const,
            run: () => navigate({ to: "/profile" }),
          },
        ]
      : []),
    ...(access.rulesAll
      ? [{ label: "New route", icon: "plus" as const, run: () => navigate({ to: "/routes/edit" }) }]
      : []),
    ...(access.here("policies.manage")
      ? [
          {
            label: "New policy",
            icon: "plus" as const,
            run: () => navigate({ to: "/guard/policies/edit" }),
          },
        ]
      : []),
    ...(access.here("keys.manage")
      ? [{ label: "New key", icon: "plus" as const, run: () => navigate({ to: "/keys/edit" }) }]
      : []),
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
  if (!wanted || !access.here("calls.read")) return found;
  const search: Command = {
    label: isFilter(wanted) ? `Traces where ${wanted}` : `Search traces for “${wanted}”`,
    icon: "search",
    run: () => navigate({ to: "/traces", search: withText({}, wanted) }),
  };
  return [...found, search];
}

/** Places within the pages about calls. */
function ofCalls(navigate: UseNavigateResult<string>): Command[] {
  return [
    {
      label: "Traces with errors",
      icon: "alert",
      run: () => navigate({ to: "/traces", search: { status: "error" } }),
    },
    { label: "Compare traces", icon: "columns", run: () => navigate({ to: "/compare" }) },
    { label: "Findings", icon: "guard", run: () => navigate({ to: "/guard/findings" }) },
    { label: "Policies", icon: "guard", run: () => navigate({ to: "/guard/policies" }) },
  ];
}
