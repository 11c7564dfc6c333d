import { useSyncExternalStore } from "react";
import { dateTime, relativeTime } from "../i18n/words.ts";

const MINUTE = 60_000;
const listeners = new Set<() => void>();
let minute = 0;
let timer = 0;

// One clock for all times on the page.
function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    timer = window.setInterval(() => {
      minute++;
      for (const each of listeners) each();
    }, MINUTE);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearInterval(timer);
  };
}

/** "2 hours ago", with the exact time on hover and to screen readers. Moves on by itself. */
export function When({ at }: { at: number }) {
  useSyncExternalStore(subscribe, () => minute);
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTime(at)}>
      {relativeTime(at)}
    </time>
  );
}
