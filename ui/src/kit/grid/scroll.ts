/**
 * Where a list of any length stands.
 *
 * Browsers clamp the height of an element (WebKit near 33.5 million px, others lower), and a million rows of 36 px are
 * higher than that. So the scrolled element is at most `MAX_HEIGHT` high and stands for the whole list: a small scroll
 * moves the list by the same pixels, a jump of the scrollbar moves it in proportion, and whenever scrolling rests the
 * scrollbar is put where it belongs without moving the rows. Near both ends one pixel of the element is one pixel of
 * the list, so that the first and the last row are reached like in any list; only the middle is in proportion.
 */
export const MAX_HEIGHT = 8_000_000;

/** A scroll further than this is a jump of the scrollbar: one pixel of its track stands for more than this. */
const JUMP = 4_000;
/** Length of the parts at both ends that are not scaled. */
const END = 100_000;
/** This close to an end the scrollbar is put right at once, or the browser would stop before the list does. */
const EDGE = 20_000;

/** Below the last row, so that it can be scrolled out from under a message, which lies over the foot of a list; in px. */
export const FOOT = 64;

export type Extent = { rows: number; rowHeight: number /** height of what is seen, in px */; viewport: number };
/** `top`: px of the list above what is seen. `scrollTop`: the same as the browser has it. */
export type Place = { top: number; scrollTop: number };

const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);

/** How high the whole list would be. Where no row reaches what lies over its foot, it ends with its rows. */
function fullHeight({ rows, rowHeight, viewport }: Extent): number {
  const height = rows * rowHeight;
  return height > viewport - FOOT ? height + FOOT : height;
}

export function contentHeight(extent: Extent): number {
  return Math.min(fullHeight(extent), MAX_HEIGHT);
}

function maxTop(extent: Extent): number {
  return Math.max(0, fullHeight(extent) - extent.viewport);
}

function maxScroll(extent: Extent): number {
  return Math.max(0, contentHeight(extent) - extent.viewport);
}

function isScaled(extent: Extent): boolean {
  return fullHeight(extent) > MAX_HEIGHT;
}

/** Where the browser's scrollbar belongs when `top` px of a scaled list lie above what is seen. */
function scrollTopFor(extent: Extent, top: number): number {
  const below = maxTop(extent) - top;
  if (top <= END) return top;
  if (below <= END) return maxScroll(extent) - below;
  const share = (top - END) / (maxTop(extent) - 2 * END);
  return Math.round(END + share * (maxScroll(extent) - 2 * END));
}

/** The opposite: where the list is after a jump of the scrollbar. */
function topFor(extent: Extent, scrollTop: number): number {
  const below = maxScroll(extent) - scrollTop;
  if (scrollTop <= END) return scrollTop;
  if (below <= END) return maxTop(extent) - below;
  const share = (scrollTop - END) / (maxScroll(extent) - 2 * END);
  return Math.round(END + share * (maxTop(extent) - 2 * END));
}

/** The place at which `top` px of the list lie above what is seen. */
export function placeAt(extent: Extent, top: number): Place {
  const kept = Math.round(clamp(top, maxTop(extent)));
  return { top: kept, scrollTop: isScaled(extent) ? scrollTopFor(extent, kept) : kept };
}

/** The place after the browser scrolled to `scrollTop`. */
export function afterScroll(extent: Extent, place: Place, scrollTop: number): Place {
  if (!isScaled(extent)) return { top: scrollTop, scrollTop };
  const delta = scrollTop - place.scrollTop;
  if (Math.abs(delta) > JUMP) return { top: topFor(extent, clamp(scrollTop, maxScroll(extent))), scrollTop };
  return { top: clamp(place.top + delta, maxTop(extent)), scrollTop };
}

/** Whether the scrollbar must be put right before scrolling rests: near an end and not where it belongs. */
export function mustSettle(extent: Extent, place: Place): boolean {
  if (!isScaled(extent)) return false;
  const near = (value: number, max: number) => value < EDGE || max - value < EDGE;
  return (
    (near(place.scrollTop, maxScroll(extent)) || near(place.top, maxTop(extent))) &&
    Math.abs(scrollTopFor(extent, place.top) - place.scrollTop) > 1
  );
}

/** The rows to draw: those in sight and `overscan` on each side, in steps so that not every pixel draws anew. */
export function visibleRows(
  { rows, rowHeight, viewport }: Extent,
  top: number,
  overscan: number,
): { first: number; last: number } {
  const step = Math.max(1, Math.floor(overscan / 2));
  const start = Math.floor((Math.floor(top / rowHeight) - overscan) / step) * step;
  const length = Math.ceil(viewport / rowHeight) + 1 + 2 * overscan + step;
  return { first: clamp(start, rows), last: clamp(start + length, rows) };
}

/** The `top` at which row `index` is in sight, moving no further than needed; at the last row the list is at its end. */
export function topShowing(extent: Extent, top: number, index: number): number {
  const { rows, rowHeight, viewport } = extent;
  const start = index * rowHeight;
  if (start < top) return start;
  if (index === rows - 1) return maxTop(extent);
  if (start + rowHeight > top + viewport) return start + rowHeight - viewport;
  return top;
}
