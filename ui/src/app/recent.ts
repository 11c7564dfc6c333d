import { useMatches } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import type { Id, RecordKind } from "~/ipc";
import { useOwnTitle } from "~/kit/pages/title.ts";

/** A record whose page was open. */
export type Recent = { kind: RecordKind; id: Id; name: string };

const MOST = 8;
const PAGES: Record<string, RecordKind> = {
  "/contacts/$id": "contact",
  "/employers/$id": "employer",
  "/students/$id": "student",
  "/settings/employer-users/$id": "employer_user",
};

// Only in memory: names belong into the encrypted database and nowhere else.
let recent: Recent[] = [];
const listeners = new Set<() => void>();

function set(next: Recent[]) {
  recent = next;
  for (const listener of listeners) listener();
}

/** Remembers the records whose pages are open, until Liaison is locked or closed, or somebody else comes. */
export function useRememberRecords(person: Id | undefined) {
  const page = useMatches().at(-1);
  const name = useOwnTitle();
  const kind = PAGES[page?.fullPath ?? ""];
  const id = (page?.params as { id?: Id } | undefined)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody else starts with nothing.
  useEffect(() => () => set([]), [person]);
  useEffect(() => {
    if (!(kind && id && name)) return;
    set([{ kind, id, name }, ...recent.filter((each) => each.id !== id)].slice(0, MOST));
  }, [kind, id, name]);
}

/** The records opened last, the latest first. */
export function useRecentRecords(): Recent[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => recent,
  );
}
