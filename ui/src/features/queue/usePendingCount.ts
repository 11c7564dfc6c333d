import { useQuery } from "@tanstack/react-query";
import { call, commands } from "~/ipc";
import { useMay } from "~/session/session.ts";

/** How many contacts wait for a decision; nothing for who may not decide. */
export function usePendingCount(): number | undefined {
  const enabled = useMay()("review_contacts");
  const counted = useQuery({ queryKey: ["queue", "count"], queryFn: () => call(commands.queueCount()), enabled });
  return enabled ? counted.data?.pending : undefined;
}
