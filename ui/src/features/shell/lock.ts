import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { toastError } from "~/components/Toast.tsx";
import { call, commands } from "~/ipc";

/** Somebody else is at the desk: nothing of what was read for the one before may stay on the screen. */
export function startAnew(client: QueryClient): Promise<void> {
  return client.resetQueries();
}

/** How this computer is kept. */
export const securityQuery = queryOptions({
  queryKey: ["institution", "security"],
  queryFn: () => call(commands.security()),
});

/** Locks the desk. */
export function useLock(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    call(commands.lock())
      .then(() => client.invalidateQueries({ queryKey: ["institution", "state"] }))
      .then(() => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "institution" }))
      .catch(toastError);
  }, [client]);
}

/** Whether the desk can be locked, and the act; locks it by itself once nobody has been there for a while. */
export function useAutoLock(): { canLock: boolean; lock: () => void } {
  const { data } = useQuery(securityQuery);
  const lock = useLock();
  useIdle(data?.auto_lock_minutes ?? 0, lock);
  return { canLock: data?.can_lock ?? false, lock };
}

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/** Does something once nobody has touched mouse or keys for so many minutes; never for 0. */
function useIdle(minutes: number, act: () => void) {
  useEffect(() => {
    if (minutes === 0) return;
    let last = Date.now();
    const seen = () => {
      last = Date.now();
    };
    // The clock is looked at, not counted: a computer that slept has been left alone all the while.
    const timer = setInterval(() => {
      if (Date.now() - last < minutes * 60_000) return;
      seen();
      act();
    }, 5_000);
    for (const sign of SIGNS) window.addEventListener(sign, seen, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, seen, { capture: true });
    };
  }, [minutes, act]);
}
