import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { afterScroll, type Extent, mustSettle, type Place, placeAt, visibleRows } from "./scroll.ts";

const OVERSCAN = 8;
const SETTLE_MS = 140;

export type Drawn = {
  first: number;
  last: number /** px from the start of the scrolled element to the first drawn row */;
  y: number;
};

/** Connects the browser's scrolling with the place in the list. */
export function useGridScroll(
  scroller: RefObject<HTMLDivElement | null>,
  rows: number,
  rowHeight: number,
  headerHeight: number,
) {
  const [viewport, setViewport] = useState(600);
  const extent: Extent = { rows, rowHeight, viewport };
  const extentRef = useRef(extent);
  extentRef.current = extent;
  const place = useRef<Place>({ top: 0, scrollTop: 0 });
  const [drawn, setDrawn] = useState<Drawn>({ first: 0, last: 0, y: 0 });
  const settle = useRef(0);

  const draw = useCallback(() => {
    const { first, last } = visibleRows(extentRef.current, place.current.top, OVERSCAN);
    const y = first * extentRef.current.rowHeight - place.current.top + place.current.scrollTop;
    setDrawn((before) =>
      before.first === first && before.last === last && before.y === y ? before : { first, last, y },
    );
  }, []);

  const put = useCallback(
    (next: Place) => {
      place.current = next;
      if (scroller.current && Math.abs(scroller.current.scrollTop - next.scrollTop) > 0.5)
        scroller.current.scrollTop = next.scrollTop;
      draw();
    },
    [draw, scroller],
  );

  const scrollTo = useCallback((top: number) => put(placeAt(extentRef.current, top)), [put]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    place.current = afterScroll(extentRef.current, place.current, element.scrollTop);
    window.clearTimeout(settle.current);
    const rest = () => put(placeAt(extentRef.current, place.current.top));
    if (mustSettle(extentRef.current, place.current)) rest();
    else {
      draw();
      settle.current = window.setTimeout(rest, SETTLE_MS);
    }
  }, [draw, put, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setViewport(Math.max(rowHeight, element.clientHeight - headerHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      window.clearTimeout(settle.current);
    };
  }, [scroller, rowHeight, headerHeight]);

  // A list that grew or shrank, or a window of another height, keeps its place as far as it can.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these three are what the place depends on.
  useLayoutEffect(() => {
    put(placeAt(extentRef.current, place.current.top));
  }, [rows, rowHeight, viewport, put]);

  return { drawn, extent, place, scrollTo, onScroll };
}
