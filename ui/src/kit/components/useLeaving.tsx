import { useBlocker } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { DiscardQuestion } from "./Dialog.tsx";

/** Asks before a page with something typed in it is left for another; for forms that are pages. Show what it returns. */
export function useLeaving(isDirty: boolean): ReactNode {
  const { status, proceed, reset } = useBlocker({
    // What moves within the page, a tab or an open entry, keeps what was typed or is the page's own business.
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  });
  return <DiscardQuestion isOpen={status === "blocked"} onStay={() => reset?.()} onLeave={() => proceed?.()} />;
}
