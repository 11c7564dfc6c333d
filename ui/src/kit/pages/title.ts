import { useEffect, useSyncExternalStore } from "react";

let title: string | null = null;
const listeners = new Set<() => void>();

function set(next: string | null) {
  title = next;
  for (const listener of listeners) listener();
}

/** Puts a page's own title into the top bar, for example a contact's name. */
export function usePageTitle(own: string | undefined) {
  useEffect(() => {
    set(own ?? null);
    return () => set(null);
  }, [own]);
}

export function useOwnTitle(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => title,
  );
}
