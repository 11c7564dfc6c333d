/**
 * Where a list of any length stands.
 *
 * Browsers clamp the height of an element (WebKit near 33.5 million px, others lower), and a million rows of 36 px are
 * higher than that. So the scrolled element is at most `MAX_HEIGHT` high and stands for the whole list: a small scroll
 * moves the list by the same pixels, a jump of the scrollbar moves it in proportion, and whenever scrolling rests the
 * scrollbar is put where it belongs without moving the rows.
 */
export const MAX_HEIGHT = 8_000_000;

/** A scroll further than this is a jump of the scrollbar: one pixel of its track stands for more than this. */
const JUMP = 4_000;
/** This close to an end the scrollbar is put right at once, or one could not scroll on. */
const EDGE = 200;

export type Extent = { rows: number; rowHeight: number /** height of what is seen, in px */; viewport: number };
/** `top`: px of the list above what is seen. `scrollTop`: the same as the browser has it. */
export type Place = { top: number; scrollTop: number };

const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);

export function contentHeight({ rows, rowHeight }: Extent): number {
  return Math.min(rows * rowHeight, MAX_HEIGHT);
}

function maxTop({ rows, rowHeight, viewport }: Extent): number {
  return Math.max(0, rows * rowHeight - viewport);
}

function maxScroll(extent: Extent): number {
  return Math.max(0, contentHeight(extent) - extent.viewport);
}

function isScaled(extent: Extent): boolean {
  return extent.rows * extent.rowHeight > MAX_HEIGHT;
}

/** The place at which `top` px of the list lie above what is seen. */
export function placeAt(extent: Extent, top: number): Place {
  const kept = Math.round(clamp(top, maxTop(extent)));
  if (!isScaled(extent)) return { top: kept, scrollTop: kept };
  return { top: kept, scrollTop: Math.round((kept / maxTop(extent)) * maxScroll(extent)) };
}

/** The place after the browser scrolled to `scrollTop`. */
export function afterScroll(extent: Extent, place: Place, scrollTop: number): Place {
  if (!isScaled(extent)) return { top: scrollTop, scrollTop };
  const delta = scrollTop - place.scrollTop;
  if (Math.abs(delta) > JUMP) {
    return { top: Math.round((clamp(scrollTop, maxScroll(extent)) / maxScroll(extent)) * maxTop(extent)), scrollTop };
  }
  return { top: clamp(place.top + delta, maxTop(extent)), scrollTop };
}

/** Whether the scrollbar is so far from where it belongs that it must be put right before scrolling rests. */
export function mustSettle(extent: Extent, place: Place): boolean {
  if (!isScaled(extent)) return false;
  const below = maxTop(extent) - place.top;
  const scrollBelow = maxScroll(extent) - place.scrollTop;
  return (
    (place.scrollTop < EDGE && place.top >= EDGE) ||
    (scrollBelow < EDGE && below >= EDGE) ||
    (place.top === 0 && place.scrollTop > 0) ||
    (below === 0 && scrollBelow > 0)
  );
}

/** The rows to draw: those in sight and `overscan` on each side, in steps so that not every pixel draws anew. */
export function visibleRows(
  { rows, rowHeight, viewport }: Extent,
  top: number,
  overscan: number,
): { first: number; last: number } {
  const step = Math.max(1, Math.floor(overscan / 2));
  const first = Math.floor(top / rowHeight) - overscan;
  const last = Math.ceil((top + viewport) / rowHeight) + overscan;
  return { first: clamp(Math.floor(first / step) * step, rows), last: clamp(Math.ceil(last / step) * step, rows) };
}

/** The `top` at which row `index` is in sight, moving no further than needed. */
export function topShowing({ rowHeight, viewport }: Extent, top: number, index: number): number {
  const start = index * rowHeight;
  if (start < top) return start;
  if (start + rowHeight > top + viewport) return start + rowHeight - viewport;
  return top;
}
