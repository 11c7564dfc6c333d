import { queryOptions } from "@tanstack/react-query";
import { call, commands, type Id, type RecordKind, type SyncStatus } from "~/ipc";

/** How this computer stands with its hub. Each change made here waits until the hub has answered. */
export const syncStatusQuery = queryOptions({
  queryKey: ["sync", "status"],
  queryFn: () => call(commands.syncStatus()),
  meta: { tags: ["history"] },
});

/** What the hub refused and nobody has dealt with. */
export const refusedQuery = queryOptions({
  queryKey: ["sync", "refused"],
  queryFn: () => call(commands.syncRefused()),
  meta: { tags: ["history"] },
});

/** Fields that two people changed without seeing each other’s change. */
export const conflictsQuery = queryOptions({
  queryKey: ["sync", "conflicts"],
  queryFn: () => call(commands.syncConflicts()),
  meta: { tags: ["history"] },
});

/** Those of one record. */
export const conflictsOfQuery = (kind: RecordKind, id: Id) =>
  queryOptions({
    queryKey: ["sync", "conflicts", kind, id],
    queryFn: () => call(commands.syncConflictsOf(kind, id)),
    meta: { tags: ["history"] },
  });

/** It goes no further without a decision: trying again doesn’t help. */
export function isStopped({ progress }: SyncStatus): boolean {
  return progress?.trouble != null && progress.again_at === null;
}
