import { queryOptions } from "@tanstack/react-query";
import { call, commands } from "~/ipc";

/** The backups of this database. */
export const backupsQuery = queryOptions({
  queryKey: ["backups", "list"],
  queryFn: () => call(commands.backupList()),
});

/** Where they go and how much room they may take. */
export const backupSettingsQuery = queryOptions({
  queryKey: ["backups", "settings"],
  queryFn: () => call(commands.backupSettings()),
});

/** When the last one was made, and what stands in the way. */
export const backupStatusQuery = queryOptions({
  queryKey: ["backups", "status"],
  queryFn: () => call(commands.backupStatus()),
});
