import { useCallback, useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const CHANGED = "vedette:theme";
const KEY = "vedette.theme";

function current(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** `public/theme.js` reads the same key before the first paint. */
export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(onChange: () => void): () => void {
  const media = matchMedia("(prefers-color-scheme: dark)");
  window.addEventListener(CHANGED, onChange);
  media.addEventListener("change", onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    media.removeEventListener("change", onChange);
  };
}

export function useTheme(): [Theme, () => void] {
  const theme = useSyncExternalStore(subscribe, current);
  const next = useCallback(() => {
    setTheme(THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length] ?? "system");
  }, []);
  return [theme, next];
}

/** What is really shown; changes when the system does. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => {
    const theme = current();
    return theme === "system"
      ? matchMedia("(prefers-color-scheme: dark)").matches
      : theme === "dark";
  });
}
