import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, commands, type Id, type RecordKind } from "~/ipc";

/** Where a student or contact stands between invitation and account. */
export function useInvitationStatus(kind: RecordKind, id: Id, enabled = true) {
  return useQuery({
    queryKey: ["invitations", "standing", kind, id],
    queryFn: () => call(commands.invitationStanding(kind, id)),
    meta: { tags: ["students", "contacts", "employer_users", "mail", "institution"] },
    enabled,
  });
}

/** What links in invitations need. */
export function useInvitationSettings() {
  return useQuery({
    queryKey: ["invitations", "settings"],
    queryFn: () => call(commands.invitationSettings()),
    meta: { tags: ["institution", "mail"] },
  });
}

/** How much of a wait is left, in milliseconds, second by second; at its end Rust is asked again. */
export function useCountdown(wait: number | null, since: number): number | null {
  const [now, setNow] = useState(() => Date.now());
  const queryClient = useQueryClient();
  const left = wait === null ? null : Math.max(0, wait - (now - since));
  const runs = left !== null && left > 0;
  useEffect(() => {
    if (!runs) return;
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, [runs]);
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) void queryClient.invalidateQueries({ queryKey: ["invitations", "standing"] });
  }, [isOver, queryClient]);
  return left;
}
