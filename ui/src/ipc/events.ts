import type { QueryClient } from "@tanstack/react-query";
import { type CacheTag, events } from "./bindings.ts";

// A tag that is misspelt, or no longer there, does not compile.
declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: { tags?: readonly CacheTag[] };
  }
}

/**
 * Refetches what is on screen after a change, wherever it came from. Query keys start with their tag; a query that
 * reads more than one kind of record names the other tags in `meta.tags`. Returns the function that stops listening.
 */
export function followChanges(client: QueryClient): Promise<() => void> {
  return events.recordsChanged.listen(({ payload }) => {
    const changed = new Set<unknown>(payload);
    void client.invalidateQueries({
      predicate: ({ queryKey, meta }) =>
        changed.has(queryKey[0]) || (Array.isArray(meta?.tags) && meta.tags.some((tag) => changed.has(tag))),
    });
  });
}
