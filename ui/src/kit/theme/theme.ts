import { useSyncExternalStore } from "react";

/** What the person chose; "system" follows the desktop. */
export type ThemeChoice = "system" | "light" | "dark";

const STORAGE_KEY = "liaison.theme";
const systemIsDark = () => window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function stored(): ThemeChoice {
  const value = localStorage.getItem(STORAGE_KEY);
  return value === "light" || value === "dark" ? value : "system";
}

let choice: ThemeChoice = "system";

function apply() {
  const dark = choice === "dark" || (choice === "system" && systemIsDark().matches);
  document.documentElement.classList.toggle("dark", dark);
  document.documentElement.classList.toggle("light", !dark);
}

/** Puts the stored choice on the page and follows the desktop from then on. */
export function startTheme() {
  choice = stored();
  apply();
  systemIsDark().addEventListener("change", apply);
}

export function chooseTheme(next: ThemeChoice) {
  choice = next;
  if (next === "system") localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, next);
  apply();
  for (const listener of listeners) listener();
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => choice,
  );
}
