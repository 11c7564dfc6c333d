import { useEffect, useReducer, useRef } from "react";
import type { Keystroke } from "./keyboard.ts";

/**
 * Keys pressed before the grid can answer them wait here, in their order, and are answered one per render: what a key
 * means depends on where the one before it led. `answer` says false while it can't answer this key yet.
 */
export function useHeldKeys(answer: (stroke: Keystroke) => boolean) {
  const held = useRef<Keystroke[]>([]);
  const [, next] = useReducer((n: number) => n + 1, 0);

  useEffect(() => {
    const first = held.current[0];
    if (first === undefined || !answer(first)) return;
    held.current.shift();
    if (held.current.length > 0) next();
  });

  return {
    /** Answers the key now, or keeps it until it can be answered. */
    press: (stroke: Keystroke) => {
      if (held.current.length > 0 || !answer(stroke)) held.current.push(stroke);
    },
    /** What was pressed was meant for something that won't come. */
    forget: () => {
      held.current = [];
    },
  };
}
