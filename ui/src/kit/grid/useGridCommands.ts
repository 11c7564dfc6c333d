import { type KeyboardEvent, type RefObject, useState } from "react";
import type { SortKey } from "~/ipc";
import { isSequencePending } from "../components/hotkeys.tsx";
import type { ColumnChange, GridColumn } from "./columns.ts";
import { gridCommand, type Keystroke } from "./keyboard.ts";
import { EVERYTHING, type GridSelection, NOTHING, selectedCount } from "./selection.ts";
import type { useGridMoves } from "./useGridMoves.ts";
import type { useGridPlace } from "./useGridPlace.ts";
import { useHeldKeys } from "./useHeldKeys.ts";

type Options<T extends { id: string; name: string }> = {
  place: ReturnType<typeof useGridPlace<T>>;
  moves: ReturnType<typeof useGridMoves<T>>;
  /** Whether rows of the list that was asked for are here. */
  isReady: boolean;
  rowHeight: number;
  columns: GridColumn<T>[];
  onColumnChange: (change: ColumnChange) => void;
  sort: SortKey[];
  onSort: (sort: SortKey[]) => void;
  selection: GridSelection;
  onSelection: ((selection: GridSelection) => void) | undefined;
  onOpen: (row: T) => void;
  onPeek: ((row: T) => void) | undefined;
  onEscape: (() => void) | undefined;
};

/** What the keys of a grid do, and which column's menu is open. */
export function useGridCommands<T extends { id: string; name: string }>(
  scroller: RefObject<HTMLDivElement | null>,
  options: Options<T>,
) {
  const { place, moves, isReady, columns, onColumnChange, sort, selection, onSelection, onPeek, onEscape } = options;
  const { cursor, setCursor, total, activeRow } = place;
  const [menuColumn, setMenuColumn] = useState<string | null>(null);

  const sortBy = (key: string, descending?: boolean) => {
    const now = sort[0]?.field === key ? sort[0] : null;
    options.onSort([{ field: key, descending: descending ?? (now ? !now.descending : false) }]);
  };

  const commandOf = (stroke: Keystroke) => {
    const page = Math.max(1, Math.floor(place.extent.viewport / options.rowHeight) - 1);
    // How many rows there will be isn't known before they are: any number, so that it is known whose key it is.
    return gridCommand(stroke, cursor, { rows: isReady ? total : 1, columns: columns.length, page });
  };

  const keys = useHeldKeys((stroke) => {
    if (!isReady) return false;
    const command = commandOf(stroke);
    if (!command) return true;
    switch (command.do) {
      case "move":
        moves.moveTo(command.cursor, command.extend);
        break;
      case "open":
      case "peek":
      case "toggle":
        // The row the keyboard stands on is still being read.
        if (!activeRow) return total === 0;
        if (command.do === "open") options.onOpen(activeRow);
        else if (command.do === "peek") onPeek?.(activeRow);
        else moves.toggleActive();
        break;
      case "select-all":
        onSelection?.(EVERYTHING);
        break;
      case "escape":
        if (selectedCount(selection, total) > 0) onSelection?.(NOTHING);
        else onEscape?.();
        break;
      default: {
        const column = columns[command.column];
        if (!column) break;
        if (command.do === "sort") {
          if (column.sortable) sortBy(column.key);
        } else if (command.do === "column-menu") setMenuColumn(column.key);
        else if (command.do === "resize")
          onColumnChange({ change: "resize", key: column.key, width: column.width + command.by });
        else {
          onColumnChange({ change: "move", key: column.key, to: command.column + command.by });
          const pinned = columns.filter((other) => other.pinned).length;
          if (!column.pinned)
            setCursor({ row: -1, column: Math.min(Math.max(command.column + command.by, pinned), columns.length - 1) });
        }
      }
    }
    return true;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || isSequencePending(event)) return;
    const stroke = {
      key: event.key,
      shift: event.shiftKey,
      command: event.ctrlKey || event.metaKey,
      alt: event.altKey,
    };
    const command = commandOf(stroke);
    // What the grid has no use for is the page's.
    if (!command || (command.do === "peek" && !onPeek)) return;
    if (command.do === "escape") {
      keys.forget();
      if (selectedCount(selection, total) === 0 && !onEscape) return;
    }
    keys.press(stroke);
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    sortBy,
    onKeyDown,
    forget: keys.forget,
    /** As if the key had been pressed in the grid. */
    press: (key: string) => keys.press({ key, shift: false, command: false, alt: false }),
    menuColumn,
    openMenu: (key: string | null) => {
      setMenuColumn(key);
      if (key === null) scroller.current?.focus({ preventScroll: true });
    },
  };
}
