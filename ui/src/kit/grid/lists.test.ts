import { describe, expect, it } from "vitest";
import { listSearch } from "~/records/query/listSearch.ts";
import { type ColumnLayout, changeLayout, MAX_WIDTH, MIN_WIDTH } from "./columns.ts";
import { EVERYTHING, isSelected, NOTHING, selectedCount, toggle, toSelection, withIds } from "./selection.ts";

describe("the selection", () => {
  it("of single records names them", () => {
    const selection = withIds(toggle(NOTHING, "a"), ["b", "c"]);
    expect(selectedCount(selection, 1_000_000)).toBe(3);
    expect(toSelection(toggle(selection, "b"), 7)).toEqual({ by: "ids", ids: ["a", "c"] });
  });

  it("of all that match names the list and the exceptions, never a million ids", () => {
    const selection = toggle(toggle(EVERYTHING, "a"), "b");
    expect(isSelected(selection, "a")).toBe(false);
    expect(isSelected(selection, "z")).toBe(true);
    expect(selectedCount(selection, 1_000_000)).toBe(999_998);
    expect(toSelection(selection, 7)).toEqual({ by: "result", result: 7, except: ["a", "b"] });
    expect(toSelection(withIds(selection, ["a"]), 7)).toEqual({ by: "result", result: 7, except: ["b"] });
  });
});

describe("columns", () => {
  const initial: ColumnLayout = { shown: ["name", "title", "email", "city"], widths: {} };
  const pinned = new Set(["name"]);
  const change = (layout: ColumnLayout, next: Parameters<typeof changeLayout>[1]) =>
    changeLayout(layout, next, initial, pinned);

  it("move, but never before or away from the pinned ones", () => {
    expect(change(initial, { change: "move", key: "city", to: 1 }).shown).toEqual(["name", "city", "title", "email"]);
    expect(change(initial, { change: "move", key: "city", to: 0 }).shown).toEqual(["name", "city", "title", "email"]);
    expect(change(initial, { change: "move", key: "title", to: 99 }).shown).toEqual(["name", "email", "city", "title"]);
    expect(change(initial, { change: "move", key: "name", to: 2 })).toBe(initial);
    expect(change(initial, { change: "move", key: "gone", to: 2 })).toBe(initial);
  });

  it("have a width one can still use", () => {
    expect(change(initial, { change: "resize", key: "city", width: 3 }).widths.city).toBe(MIN_WIDTH);
    expect(change(initial, { change: "resize", key: "city", width: 9_999 }).widths.city).toBe(MAX_WIDTH);
    expect(change(initial, { change: "resize", key: "city", width: 200.4 }).widths.city).toBe(200);
  });

  it("are shown, hidden and reset", () => {
    const hidden = change(initial, { change: "show", key: "email", shown: false });
    expect(hidden.shown).toEqual(["name", "title", "city"]);
    expect(change(hidden, { change: "show", key: "email", shown: true }).shown).toEqual([
      "name",
      "title",
      "city",
      "email",
    ]);
    expect(change(hidden, { change: "show", key: "name", shown: false })).toBe(hidden);
    expect(change(hidden, { change: "reset" })).toBe(initial);
  });
});

describe("the address of a list", () => {
  it("keeps search, filter and sort", () => {
    const search = {
      q: "gra",
      filter: [{ field: "city", op: "is" as const, values: ["Porto"] }],
      sort: [{ field: "name", descending: true }],
    };
    expect(listSearch(JSON.parse(JSON.stringify(search)))).toEqual(search);
  });

  it("leaves out what it doesn't understand and what is empty", () => {
    expect(listSearch({ q: "", filter: [], sort: [], other: 1 })).toEqual({});
    expect(
      listSearch({
        q: 2026,
        filter: [{ field: "city" }, null, { field: "city", op: "drop table", values: [] }],
        sort: [{ field: 3 }],
      }),
    ).toEqual({ q: "2026" });
    expect(listSearch({ filter: "x", sort: { field: "name" } })).toEqual({});
  });
});
