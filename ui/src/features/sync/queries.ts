import { queryOptions } from "@tanstack/react-query";
import { call, commands, type SyncStatus } from "~/ipc";

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

/** It goes no further without a decision: trying again doesn’t help. */
export function isStopped({ progress }: SyncStatus): boolean {
  return progress?.trouble != null && progress.again_at === null;
}
