import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { call, commands, events } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";

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
      .then(() => forget(client))
      .catch(toastError);
  }, [client]);
}

/** The desk is locked: nothing of what was read may stay on the screen, or behind it. */
async function forget(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: ["institution", "state"] });
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "institution" });
}

/** Whether the desk can be locked, and the act. Rust locks it once nobody has been there for a while, and says so. */
export function useAutoLock(): { canLock: boolean; lock: () => void } {
  const client = useQueryClient();
  const { data } = useQuery(securityQuery);
  const lock = useLock();
  usePresence();
  useEffect(() => {
    const listening = events.locked.listen(() => void forget(client));
    return () => void listening.then((stop) => stop());
  }, [client]);
  return { canLock: data?.can_lock ?? false, lock };
}

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"] as const;
/** Signs of somebody are told at most so often, in milliseconds: the shortest time until the lock is a minute. */
const TELL_EVERY = 5_000;

/** Tells Rust that somebody is there. */
function usePresence() {
  useEffect(() => {
    let told = Number.NEGATIVE_INFINITY;
    const seen = () => {
      if (performance.now() - told < TELL_EVERY) return;
      told = performance.now();
      // Where it fails, the desk locks early.
      void commands.presence().catch(() => undefined);
    };
    for (const sign of SIGNS) window.addEventListener(sign, seen, { passive: true, capture: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, seen, { capture: true });
    };
  }, []);
}
