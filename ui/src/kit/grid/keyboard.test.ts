import { describe, expect, it } from "vitest";
import { type Cursor, gridCommand, type Keystroke } from "./keyboard.ts";

const bounds = { rows: 100, columns: 5, page: 18 };
const row = (n: number, column = -1): Cursor => ({ row: n, column });
const press = (key: string, cursor: Cursor, more: Partial<Keystroke> = {}, within = bounds) =>
  gridCommand({ key, shift: false, command: false, alt: false, ...more }, cursor, within);
const moved = (key: string, cursor: Cursor, more: Partial<Keystroke> = {}) => {
  const command = press(key, cursor, more);
  return command?.do === "move" ? command.cursor : command;
};

describe("keys of the grid", () => {
  it("move by rows, with arrows and with j and k", () => {
    expect(moved("ArrowDown", row(3))).toEqual(row(4));
    expect(moved("j", row(3))).toEqual(row(4));
    expect(moved("ArrowUp", row(3))).toEqual(row(2));
    expect(moved("k", row(3))).toEqual(row(2));
  });

  it("stop at the ends", () => {
    expect(moved("ArrowDown", row(99))).toEqual(row(99));
    expect(moved("k", row(0))).toEqual(row(0));
    expect(moved("PageDown", row(95))).toEqual(row(99));
    expect(moved("PageUp", row(4))).toEqual(row(0));
  });

  it("move by screens and to the ends", () => {
    expect(moved("PageDown", row(10))).toEqual(row(28));
    expect(moved("PageUp", row(40))).toEqual(row(22));
    expect(moved("Home", row(40), { command: true })).toEqual(row(0));
    expect(moved("End", row(40), { command: true })).toEqual(row(99));
    expect(moved("End", row(40))).toEqual(row(99));
  });

  it("go into a row and back out of it", () => {
    expect(moved("ArrowRight", row(3))).toEqual(row(3, 0));
    expect(moved("ArrowRight", row(3, 4))).toEqual(row(3, 4));
    expect(moved("ArrowLeft", row(3, 0))).toEqual(row(3));
    expect(moved("Home", row(3, 3))).toEqual(row(3, 0));
    expect(moved("End", row(3, 0))).toEqual(row(3, 4));
    expect(moved("ArrowDown", row(3, 2))).toEqual(row(4, 2));
  });

  it("reach the column names above the first row and come back", () => {
    expect(moved("ArrowUp", row(0))).toEqual({ row: -1, column: 0 });
    expect(moved("ArrowUp", row(0, 2))).toEqual({ row: -1, column: 2 });
    expect(moved("ArrowDown", { row: -1, column: 2 })).toEqual(row(0));
    expect(press("ArrowUp", { row: -1, column: 2 })).toEqual({
      do: "move",
      cursor: { row: -1, column: 2 },
      extend: false,
    });
  });

  it("sort, resize, reorder and open the menu of a column", () => {
    const header = { row: -1, column: 2 };
    expect(press("Enter", header)).toEqual({ do: "sort", column: 2 });
    expect(press("ArrowRight", header, { shift: true })).toEqual({ do: "resize", column: 2, by: 16 });
    expect(press("ArrowLeft", header, { shift: true, command: true })).toEqual({ do: "reorder", column: 2, by: -1 });
    expect(press("ArrowDown", header, { alt: true })).toEqual({ do: "column-menu", column: 2 });
    expect(press("F10", header, { shift: true })).toEqual({ do: "column-menu", column: 2 });
  });

  it("open, peek, select, extend and select all", () => {
    expect(press("Enter", row(3))).toEqual({ do: "open" });
    expect(press(" ", row(3))).toEqual({ do: "peek" });
    expect(press("x", row(3))).toEqual({ do: "toggle" });
    expect(press("ArrowDown", row(3), { shift: true })).toEqual({ do: "move", cursor: row(4), extend: true });
    expect(press("a", row(3), { command: true })).toEqual({ do: "select-all" });
    expect(press("Escape", row(3))).toEqual({ do: "escape" });
  });

  it("leave all other keys to the page", () => {
    for (const key of ["a", "r", "e", "u", "?", "Tab", "F6", "/"]) expect(press(key, row(3))).toBeNull();
    expect(press("k", row(3), { command: true })).toBeNull();
    expect(press("ArrowLeft", row(3), { alt: true })).toBeNull();
  });

  it("do nothing in an empty list but reach its column names", () => {
    const empty = { ...bounds, rows: 0 };
    expect(press("ArrowDown", row(0), {}, empty)).toBeNull();
    expect(press("PageDown", row(0), {}, empty)).toBeNull();
    expect(press("ArrowUp", row(0), {}, empty)).toEqual({ do: "move", cursor: { row: -1, column: 0 }, extend: false });
  });
});
