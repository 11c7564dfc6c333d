/** Where the keyboard stands: row -1 is the header; column -1 is the row as a whole. */
export type Cursor = { row: number; column: number };

export type GridCommand =
  | { do: "move"; cursor: Cursor; extend: boolean }
  | { do: "open" }
  | { do: "peek" }
  | { do: "toggle" }
  | { do: "select-all" }
  | { do: "escape" }
  | { do: "sort"; column: number }
  | { do: "column-menu"; column: number }
  | { do: "resize"; column: number; by: number }
  | { do: "reorder"; column: number; by: number };

export type Keystroke = { key: string; shift: boolean; command: boolean; alt: boolean };

export type Bounds = { rows: number; columns: number /** whole rows in sight */; page: number };

const RESIZE_STEP = 16;

/** What a key means in the grid; null leaves it to the page. */
export function gridCommand(stroke: Keystroke, cursor: Cursor, bounds: Bounds): GridCommand | null {
  const { key, shift, command, alt } = stroke;
  const inHeader = cursor.row === -1;
  const last = bounds.rows - 1;
  const to = (row: number, column = cursor.column): GridCommand | null =>
    bounds.rows === 0
      ? null
      : { do: "move", cursor: { row: Math.min(Math.max(row, 0), last), column }, extend: shift && !inHeader };
  const aside = (column: number): GridCommand => ({
    do: "move",
    cursor: { row: cursor.row, column: Math.min(Math.max(column, inHeader ? 0 : -1), bounds.columns - 1) },
    extend: false,
  });

  if (inHeader) {
    if (key === "Enter" || key === " ") return { do: "sort", column: cursor.column };
    if ((alt && key === "ArrowDown") || key === "ContextMenu" || (shift && key === "F10"))
      return { do: "column-menu", column: cursor.column };
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const by = key === "ArrowLeft" ? -1 : 1;
      if (command && shift) return { do: "reorder", column: cursor.column, by };
      if (shift) return { do: "resize", column: cursor.column, by: by * RESIZE_STEP };
    }
  }
  if (alt) return null;
  switch (key) {
    case "ArrowDown":
    case "j":
    case "J":
      if (command) return null;
      return to(cursor.row + 1, inHeader ? -1 : cursor.column);
    case "ArrowUp":
      if (command) return null;
      // Above the first row lies the header, where one sorts, resizes and moves columns.
      if (cursor.row <= 0 && !shift)
        return { do: "move", cursor: { row: -1, column: Math.max(cursor.column, 0) }, extend: false };
      return inHeader ? null : to(cursor.row - 1);
    case "k":
    case "K":
      if (command || inHeader) return null;
      return to(cursor.row - 1);
    case "PageDown":
      return to(Math.max(cursor.row, 0) + bounds.page, inHeader ? -1 : cursor.column);
    case "PageUp":
      return inHeader ? null : to(cursor.row - bounds.page);
    case "ArrowRight":
      return command ? null : aside(cursor.column + 1);
    case "ArrowLeft":
      return command ? null : aside(cursor.column - 1);
    case "Home":
      if (inHeader) return aside(0);
      if (command || cursor.column === -1) return to(0, command ? cursor.column : -1);
      return aside(0);
    case "End":
      if (inHeader) return aside(bounds.columns - 1);
      if (command || cursor.column === -1) return to(last, command ? cursor.column : -1);
      return aside(bounds.columns - 1);
    case "Enter":
      return command ? null : { do: "open" };
    case " ":
      return { do: "peek" };
    case "x":
    case "X":
      return command ? null : { do: "toggle" };
    case "a":
      return command ? { do: "select-all" } : null;
    case "Escape":
      return { do: "escape" };
    default:
      return null;
  }
}
