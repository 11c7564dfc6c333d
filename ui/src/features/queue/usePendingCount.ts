import { useQuery } from "@tanstack/react-query";
import { call, commands } from "~/ipc";

/** How many contacts wait in the queue. */
export function usePendingCount(): number | undefined {
  return useQuery({ queryKey: ["queue", "count"], queryFn: () => call(commands.queueCount()) }).data?.pending;
}
