import { useSyncExternalStore } from "react";

export type Density = "normal" | "compact";

const STORAGE_KEY = "liaison.density";
const listeners = new Set<() => void>();

const current = (): Density => (localStorage.getItem(STORAGE_KEY) === "compact" ? "compact" : "normal");

/** How high rows are in all lists, remembered on this computer. */
export function useDensity(): Density {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}

export function chooseDensity(density: Density) {
  localStorage.setItem(STORAGE_KEY, density);
  for (const listener of listeners) listener();
}
