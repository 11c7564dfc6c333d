import { describe, expect, it } from "vitest";
import {
  afterScroll,
  contentHeight,
  type Extent,
  FOOT,
  MAX_HEIGHT,
  mustSettle,
  type Place,
  placeAt,
  topShowing,
  visibleRows,
} from "./scroll.ts";

const short: Extent = { rows: 1_000, rowHeight: 36, viewport: 700 };
const million: Extent = { rows: 1_000_000, rowHeight: 36, viewport: 700 };
const end = (extent: Extent) => extent.rows * extent.rowHeight + FOOT - extent.viewport;

/** What the grid does on each scroll event. */
function scrollBy(extent: Extent, place: Place, delta: number): Place {
  const max = contentHeight(extent) - extent.viewport;
  const next = afterScroll(extent, place, Math.min(Math.max(place.scrollTop + delta, 0), max));
  return mustSettle(extent, next) ? placeAt(extent, next.top) : next;
}

function random(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("a list that fits the browser", () => {
  it("is scrolled one to one", () => {
    expect(contentHeight(short)).toBe(36_000 + FOOT);
    expect(placeAt(short, 1234)).toEqual({ top: 1234, scrollTop: 1234 });
    expect(afterScroll(short, placeAt(short, 0), 20_000)).toEqual({ top: 20_000, scrollTop: 20_000 });
  });

  it("ends below its last row, which a message may cover, and with its rows where none is covered", () => {
    expect(placeAt(short, 1_000_000).top).toBe(36_000 + FOOT - 700);
    expect(topShowing(short, 0, 999)).toBe(end(short));
    expect(topShowing(short, 0, 998)).toBe(999 * 36 - 700);
    expect(contentHeight({ ...short, rows: 17 })).toBe(17 * 36);
    expect(contentHeight({ ...short, rows: 18 })).toBe(18 * 36 + FOOT);
    expect(placeAt({ ...short, rows: 3 }, 500)).toEqual({ top: 0, scrollTop: 0 });
  });
});

describe("a million rows", () => {
  it("never make the element higher than browsers allow", () => {
    expect(contentHeight(million)).toBe(MAX_HEIGHT);
    expect(MAX_HEIGHT).toBeLessThan(16_777_216);
  });

  it("reach every row: scrolling to it shows it", () => {
    const next = random(7);
    for (const row of [0, 1, 999_998, 999_999, ...Array.from({ length: 500 }, () => Math.floor(next() * 1_000_000))]) {
      const { top, scrollTop } = placeAt(million, topShowing(million, 0, row));
      const { first, last } = visibleRows(million, top, 0);
      expect(first).toBeLessThanOrEqual(row);
      expect(last).toBeGreaterThan(row);
      expect(scrollTop).toBeGreaterThanOrEqual(0);
      expect(scrollTop).toBeLessThanOrEqual(MAX_HEIGHT - million.viewport);
    }
  });

  it("move by the pixels of a small scroll, anywhere", () => {
    const next = random(11);
    for (let n = 0; n < 500; n++) {
      const from = placeAt(million, 5_000 + next() * (end(million) - 10_000));
      const delta = Math.round((next() - 0.5) * 800);
      expect(afterScroll(million, from, from.scrollTop + delta).top).toBe(from.top + delta);
    }
  });

  it("move in proportion when the scrollbar jumps", () => {
    const middle = afterScroll(million, placeAt(million, 0), (MAX_HEIGHT - million.viewport) / 2);
    expect(Math.abs(middle.top - end(million) / 2)).toBeLessThan(10);
  });

  it("end at the ends of the scrollbar", () => {
    expect(afterScroll(million, placeAt(million, 9_000_000), 0).top).toBe(0);
    expect(afterScroll(million, placeAt(million, 0), MAX_HEIGHT - million.viewport).top).toBe(end(million));
    expect(placeAt(million, end(million)).scrollTop).toBe(MAX_HEIGHT - million.viewport);
  });

  it("don't move when the scrollbar is put right", () => {
    const next = random(3);
    for (let n = 0; n < 200; n++) {
      const drifted = afterScroll(million, placeAt(million, next() * end(million)), 3_000_000 + next() * 1000);
      expect(placeAt(million, drifted.top).top).toBe(drifted.top);
    }
  });

  it("can be scrolled to the top and to the bottom without a pause, from any place, by exactly what was scrolled", () => {
    const next = random(19);
    for (let n = 0; n < 20; n++) {
      let place = placeAt(million, next() * 600_000);
      const total = Math.ceil(place.top / 400);
      for (let step = 0; step < total; step++) {
        const before = place.top;
        place = scrollBy(million, place, -400);
        expect(place.top).toBe(Math.max(0, before - 400));
      }
      expect(place).toEqual({ top: 0, scrollTop: 0 });
      place = placeAt(million, end(million) - next() * 600_000);
      while (place.top < end(million)) {
        const before = place.top;
        place = scrollBy(million, place, 400);
        expect(place.top).toBe(Math.min(end(million), before + 400));
      }
      expect(place.scrollTop).toBe(MAX_HEIGHT - million.viewport);
    }
  });
});

describe("rows to draw", () => {
  it("cover what is seen and some more, and stay inside the list", () => {
    expect(visibleRows(short, 0, 8)).toEqual({ first: 0, last: 33 });
    const { first, last } = visibleRows(short, 3600, 8);
    expect(first).toBeLessThanOrEqual(100 - 8);
    expect(last).toBeGreaterThanOrEqual(120 + 8);
    expect(visibleRows(short, end(short), 8).last).toBe(1_000);
    expect(visibleRows({ ...short, rows: 0 }, 0, 8)).toEqual({ first: 0, last: 0 });
  });

  it("stay the same while the list moves within a step", () => {
    expect(visibleRows(short, 3601, 8)).toEqual(visibleRows(short, 3630, 8));
  });
});

describe("showing a row", () => {
  it("moves no further than needed", () => {
    expect(topShowing(short, 360, 12)).toBe(360);
    expect(topShowing(short, 360, 3)).toBe(108);
    expect(topShowing(short, 0, 30)).toBe(31 * 36 - 700);
  });
});
