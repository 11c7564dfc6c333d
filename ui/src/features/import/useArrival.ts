import { type RefObject, useEffect, useRef } from "react";

/** Puts the keyboard on the heading of a step that has just come, where the step before took the focus away with it. */
export function useArrival<T extends HTMLElement>(): RefObject<T | null> {
  const heading = useRef<T>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
