import { useEffect, useState } from "react";

/** How long typing rests before the preview is made anew. */
const REST_MS = 350;

/** A value that has rested for a moment. */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  const said = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said counts, not which object says it.
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return rested;
}
