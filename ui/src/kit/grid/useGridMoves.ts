import { type MouseEvent, type RefObject, useCallback, useRef } from "react";
import type { Cursor } from "./keyboard.ts";
import { type GridSelection, toggle, withIds } from "./selection.ts";
import type { useGridPlace } from "./useGridPlace.ts";

type Options<T extends { id: string; name: string }> = {
  place: ReturnType<typeof useGridPlace<T>>;
  selection: GridSelection;
  /** Without it nothing can be selected. */
  onSelection: ((selection: GridSelection) => void) | undefined;
  onOpen: (row: T) => void;
  onPick: ((row: T) => void) | undefined;
  onError: (error: unknown) => void;
};

/** How far a pointer that stands still may move, in pixels. */
const STOOD_STILL = 4;

/** The row under the pointer; none where it is on the header or beside the rows. */
function rowUnder(event: MouseEvent): number | null {
  const index = Number((event.target as Element).closest("[role=row]")?.getAttribute("aria-rowindex") ?? 0) - 2;
  return index < 0 ? null : index;
}

/** Moving about and selecting on the way, by key and by mouse. */
export function useGridMoves<T extends { id: string; name: string }>(
  scroller: RefObject<HTMLDivElement | null>,
  { place, selection, onSelection, onOpen, onPick, onError }: Options<T>,
) {
  const { shown, cursor, setCursor, activeRow, reveal } = place;
  // Shift extends from where the keyboard stood first; what was selected before stays.
  const anchor = useRef<{ row: number; base: GridSelection } | null>(null);
  const extendTo = async (row: number) => {
    if (!shown || !onSelection) return;
    anchor.current ??= { row: Math.max(cursor.row, 0), base: selection };
    const { row: from, base } = anchor.current;
    const [first, last] = [Math.min(from, row), Math.max(from, row) + 1];
    await shown.load(first, last).catch(onError);
    const ids: string[] = [];
    for (let n = first; n < last; n++) {
      const id = shown.row(n)?.id;
      if (id) ids.push(id);
    }
    onSelection(withIds(base, ids));
  };

  const moveTo = (next: Cursor, extend: boolean) => {
    if (extend) void extendTo(next.row);
    else anchor.current = null;
    setCursor(next);
    reveal(next.row);
  };

  const toggleActive = () => {
    if (!activeRow || !onSelection) return;
    anchor.current = null;
    onSelection(toggle(selection, activeRow.id));
  };

  // One function for all renders: rows that stay the same are not drawn again.
  const onRowClick = useCallback((event: MouseEvent, row: T, index: number) => {
    handlers.current.click(event, row, index);
  }, []);
  const clicked = useRef<string | null>(null);
  const handlers = useRef({ click: (_event: MouseEvent, _row: T, _index: number) => {} });
  handlers.current.click = (event, row, index) => {
    scroller.current?.focus({ preventScroll: true });
    const onCheck = (event.target as Element).closest("[data-check]") !== null;
    if (event.shiftKey) return moveTo({ row: index, column: -1 }, true);
    if (onCheck || event.ctrlKey || event.metaKey) {
      anchor.current = null;
      onSelection?.(toggle(selection, row.id));
      return setCursor({ row: index, column: -1 });
    }
    moveTo({ row: index, column: -1 }, false);
    // The browser counts clicks by time and place. Where another row came to that place, it was clicked once.
    const isSecond = event.detail === 2 && clicked.current === row.id;
    clicked.current = row.id;
    if (isSecond) onOpen(row);
    else onPick?.(row);
  };

  const pressed = useRef<{ index: number; x: number; y: number } | null>(null);
  const onPress = (event: MouseEvent) => {
    const index = rowUnder(event);
    pressed.current = index === null ? null : { index, x: event.clientX, y: event.clientY };
  };
  // What stands above the list may change its height between a press and its release, after the window was made
  // narrower for example. The pointer stood still, but the release falls on another row, and the browser clicks what
  // holds both. The row that was pressed is meant.
  const onClickBetween = (event: MouseEvent) => {
    const press = pressed.current;
    pressed.current = null;
    if (!press || (event.target as Element).closest("[role=row]")) return;
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) > STOOD_STILL) return;
    const row = shown?.row(press.index);
    if (row) handlers.current.click(event, row, press.index);
  };

  return { moveTo, toggleActive, onRowClick, onPress, onClickBetween };
}
