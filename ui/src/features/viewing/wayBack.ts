import { useRouter } from "@tanstack/react-router";

/** The history entry that the last look as somebody else began at. */
let origin: { index: number; href: string } | null = null;

/** Into a look as somebody else, and back to where one was: the same entry of the history, as it was left. */
export function useWayBack() {
  const router = useRouter();
  const now = () => router.history.location.state.__TSR_index;
  return {
    /** Notes where one is, and gives its address. */
    begin: (): string => {
      origin = { index: now(), href: router.history.location.href };
      return origin.href;
    },
    /** Leads back there; false where nobody knows the way, as after a restart without an address. */
    leave: (from: string | undefined): boolean => {
      if (origin !== null && origin.href === from && origin.index < now()) router.history.go(origin.index - now());
      else if (from) router.history.push(from);
      else return false;
      return true;
    },
  };
}
