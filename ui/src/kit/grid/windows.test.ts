import { describe, expect, it, vi } from "vitest";
import { BLOCK, type RowSource, WindowCache } from "./windows.ts";

type Waiting = { offset: number; resolve: () => void; reject: (error: unknown) => void };

/** A source whose answers come when the test says so. */
function slowSource(total: number) {
  const waiting: Waiting[] = [];
  const getWindow = vi.fn(
    (offset: number, limit: number) =>
      new Promise<number[]>((resolve, reject) => {
        const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, n) => offset + n);
        waiting.push({ offset, resolve: () => resolve(rows), reject });
      }),
  );
  const source: RowSource<number> = { key: 1, query: "", total, getWindow };
  const answer = async (offset?: number) => {
    const at = offset === undefined ? 0 : waiting.findIndex((entry) => entry.offset === offset);
    const [entry] = waiting.splice(at, 1);
    entry?.resolve();
    await Promise.resolve();
    await Promise.resolve();
    return entry?.offset;
  };
  return { source, waiting, getWindow, answer };
}

describe("the rows that were read", () => {
  it("are asked for in windows of at most 200", async () => {
    const { source, getWindow, answer } = slowSource(1_000_000);
    const cache = new WindowCache(source, () => {});
    cache.want(499_990, 500_030);
    while (await answer());
    for (const [offset, limit] of getWindow.mock.calls) {
      expect(limit).toBeLessThanOrEqual(200);
      expect(offset % BLOCK).toBe(0);
    }
    expect(cache.row(499_999)).toBe(499_999);
    expect(cache.row(500_000)).toBe(500_000);
  });

  it("come in the order of need: what is in sight, then the neighbours", async () => {
    const { source, getWindow } = slowSource(10_000);
    const cache = new WindowCache(source, () => {});
    cache.want(5_010, 5_040);
    expect(getWindow.mock.calls[0]?.[0]).toBe(5_000);
  });

  it("never have more than two questions open, and forget what is out of sight", async () => {
    const { source, waiting, getWindow, answer } = slowSource(1_000_000);
    const cache = new WindowCache(source, () => {});
    for (let place = 0; place < 500_000; place += 7_000) cache.want(place, place + 40);
    expect(waiting.length).toBe(2);
    cache.want(900_000, 900_040);
    await answer();
    await answer();
    while (await answer());
    expect(cache.row(900_010)).toBe(900_010);
    expect(getWindow.mock.calls.length).toBeLessThan(8);
  });

  it("tell when they are here, also for a place far away", async () => {
    const { source, answer } = slowSource(5_000);
    const cache = new WindowCache(source, () => {});
    let done = false;
    const loaded = cache.load(150, 420).then(() => {
      done = true;
    });
    expect(done).toBe(false);
    while (await answer());
    await loaded;
    expect(cache.has(150, 420)).toBe(true);
  });

  it("say when they can't be read, to who waits, and can be asked for again", async () => {
    const { source, waiting, answer } = slowSource(500);
    const cache = new WindowCache(source, () => {});
    const loaded = cache.load(0, 40);
    waiting.shift()?.reject(new Error("closed"));
    await expect(loaded).rejects.toThrow("closed");
    const again = cache.load(0, 40);
    await answer(0);
    await again;
    expect(cache.row(3)).toBe(3);
  });

  it("are not touched by an answer that comes after the list was left", async () => {
    const changed = vi.fn();
    const { source, answer } = slowSource(500);
    const cache = new WindowCache(source, changed);
    cache.want(0, 40);
    cache.dispose();
    await answer();
    expect(changed).not.toHaveBeenCalled();
    expect(cache.row(0)).toBeUndefined();
  });

  it("don't grow without bound", async () => {
    const { source, answer } = slowSource(1_000_000);
    const cache = new WindowCache(source, () => {});
    for (let place = 0; place < 300; place++) {
      cache.want(place * 1_000, place * 1_000 + 40);
      while (await answer());
    }
    const kept = Array.from({ length: 300 }, (_, place) => cache.row(place * 1_000)).filter((row) => row !== undefined);
    expect(kept.length).toBeLessThanOrEqual(80);
    expect(cache.row(299_000)).toBe(299_000);
  });
});
