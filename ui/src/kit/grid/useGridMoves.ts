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
    if (event.detail === 2) onOpen(row);
    else onPick?.(row);
  };

  return { moveTo, toggleActive, onRowClick };
}
