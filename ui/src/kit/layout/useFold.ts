import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/**
 * How far a bar has to fold so that it needs one line: 0 where there is room for everything, at most `most`. Found by
 * trying, before anything is drawn; tried anew when the room for it changes, or `content`, what stands in it.
 */
export function useFold<E extends HTMLElement>(most: number, content = ""): { ref: RefObject<E | null>; fold: number } {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(0);
  const [tried, setTried] = useState({ width: -1, content, fold: 0 });
  const isCurrent = tried.width === width && tried.content === content;
  if (!isCurrent) setTried({ width, content, fold: 0 });

  useEffect(() => {
    // The bar itself may be as narrow as it folded to: what it stands in says how much room there is.
    const around = ref.current?.parentElement;
    if (!around) return;
    const observer = new ResizeObserver(() => setWidth(around.clientWidth));
    observer.observe(around);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const bar = ref.current;
    if (bar && isCurrent && tried.fold < most && bar.scrollWidth > bar.clientWidth)
      setTried({ ...tried, fold: tried.fold + 1 });
  });

  return { ref, fold: tried.fold };
}
