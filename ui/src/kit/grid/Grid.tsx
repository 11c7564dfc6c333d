import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { SortKey } from "~/ipc";
import type { ColumnChange, GridColumn } from "./columns.ts";
import { useDensity } from "./density.ts";
import styles from "./Grid.module.css";
import { GridHeader } from "./GridHeader.tsx";
import { GridRow } from "./GridRow.tsx";
import { type Cursor, gridCommand, type Keystroke } from "./keyboard.ts";
import { rememberedPlace, rememberPlace } from "./memory.ts";
import { contentHeight, topShowing } from "./scroll.ts";
import { EVERYTHING, type GridSelection, isSelected, NOTHING, selectedCount, toggle, withIds } from "./selection.ts";
import { useGridRows } from "./useGridRows.ts";
import { useGridScroll } from "./useGridScroll.ts";
import { useHeldKeys } from "./useHeldKeys.ts";
import type { RowSource } from "./windows.ts";

const HEADER = 32;
const SELECT_WIDTH = 36;
const ROW_HEIGHT = { normal: 36, compact: 30 };

/** What the page can ask of its grid. */
export type GridHandle = { focus: () => void; move: (by: number) => void; toggle: () => void };

export type GridProps<T extends { id: string; name: string }> = {
  /** What the list is, for screen readers. */
  label: string;
  source: RowSource<T> | undefined;
  /** Another question was asked and its list is on its way: keys wait for it, so that none acts on a row of the old one. */
  isWaiting?: boolean;
  columns: GridColumn<T>[];
  onColumnChange: (change: ColumnChange) => void;
  sort: SortKey[];
  onSort: (sort: SortKey[]) => void;
  selection?: GridSelection;
  onSelection?: (selection: GridSelection) => void;
  /** The row the keyboard stands on, also after the list changed under it. */
  onActive?: (row: T | null, index: number) => void;
  onOpen: (row: T) => void;
  /** A plain click on a row. */
  onPick?: ((row: T) => void) | undefined;
  onPeek?: (row: T) => void;
  /** Esc with nothing selected. */
  onEscape?: () => void;
  onError: (error: unknown) => void;
  /** Buttons at the end of each row, for the mouse; each needs a key of the page as well. */
  rowActions?: (row: T) => ReactNode;
  rowActionsWidth?: number;
  /** In the place of rows when there are none. */
  empty: ReactNode;
  /** Under this name the scroll place is remembered, see `memory.ts`. */
  memoryKey?: string;
  autoFocus?: boolean;
  ref?: Ref<GridHandle>;
};

/** An ARIA grid over a list of any length, read in windows. One tab stop; everything by keyboard (`keyboard.ts`). */
export function Grid<T extends { id: string; name: string }>(props: GridProps<T>) {
  const {
    label,
    source,
    columns,
    onColumnChange,
    sort,
    onSort,
    selection = NOTHING,
    onSelection,
    onActive,
    onOpen,
    onPeek,
    onEscape,
    rowActions,
    memoryKey,
  } = props;
  const { t } = useTranslation();
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = ROW_HEIGHT[useDensity()];
  // The history entry whose list is shown; while another list is on its way, places still belong to the one before.
  const ownKey = useRef<string | undefined>(undefined);
  const placeToRestore = () => (ownKey.current === memoryKey ? undefined : rememberedPlace(memoryKey));
  const [cursor, setCursor] = useState<Cursor>(() => ({ row: rememberedPlace(memoryKey)?.row ?? 0, column: -1 }));
  const [menuColumn, setMenuColumn] = useState<string | null>(null);
  const activeId = useRef<string | null>(null);
  const scrollToRef = useRef<(top: number) => void>(() => {});

  const shown = useGridRows(
    source,
    (next, sameQuery) => {
      const page = Math.ceil((scroller.current?.clientHeight ?? 600) / rowHeight) + 4;
      const start = placeToRestore()?.top ?? (sameQuery ? place.current.top : 0);
      const first = Math.min(Math.floor(start / rowHeight), Math.max(0, next.total - page));
      return { first, last: Math.min(first + page, next.total) };
    },
    props.onError,
  );
  const total = shown?.source.total ?? 0;
  const { drawn, extent, place, scrollTo, onScroll } = useGridScroll(scroller, total, rowHeight, HEADER);
  scrollToRef.current = scrollTo;

  // Another list came: it keeps the place when it answers the same question, and follows the record the keyboard was on.
  const shownQuery = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another list is shown; the address at that moment counts.
  useLayoutEffect(() => {
    if (!shown) return;
    const restored = placeToRestore();
    ownKey.current = memoryKey;
    const same = shownQuery.current === shown.source.query;
    shownQuery.current = shown.source.query;
    if (restored) {
      scrollToRef.current(restored.top);
      setCursor({ row: Math.min(restored.row, Math.max(0, shown.source.total - 1)), column: -1 });
      return;
    }
    if (!same) {
      scrollToRef.current(0);
      setCursor((before) => (before.row === -1 ? before : { row: 0, column: before.column }));
      return;
    }
    setCursor((before) =>
      before.row === -1 ? before : { ...before, row: Math.max(0, Math.min(before.row, shown.source.total - 1)) },
    );
    const followed = activeId.current;
    if (!followed || !shown.source.position) return;
    let left = false;
    void shown.source.position(followed).then(
      (index) => {
        if (!left && index !== null) setCursor((before) => (before.row === -1 ? before : { ...before, row: index }));
      },
      () => {},
    );
    return () => {
      left = true;
    };
  }, [shown]);

  useEffect(() => {
    shown?.want(drawn.first, Math.min(drawn.last, total));
  }, [shown, drawn.first, drawn.last, total]);

  const activeRow = cursor.row >= 0 ? (shown?.row(cursor.row) ?? null) : null;
  const reported = useRef<string | null>(null);
  useEffect(() => {
    if (!shown) return;
    const seen = activeRow ? `${activeRow.id} ${activeRow.name}` : null;
    if (activeRow) activeId.current = activeRow.id;
    // A row that is still being read says nothing yet; an empty list says that there is none.
    if (seen === reported.current || (seen === null && total > 0)) return;
    reported.current = seen;
    onActive?.(activeRow, cursor.row);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: saved again whenever another list or row came.
  useEffect(() => {
    const save = () => {
      if (ownKey.current) rememberPlace(ownKey.current, { top: place.current.top, row: Math.max(cursor.row, 0) });
    };
    save();
    const element = scroller.current;
    element?.addEventListener("scroll", save, { passive: true });
    return () => element?.removeEventListener("scroll", save);
  }, [shown, cursor.row, place]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus is taken at once, for keys that come before the rows, and again where those took it along.
  useEffect(() => {
    if (props.autoFocus && (document.activeElement === document.body || document.activeElement === null))
      scroller.current?.focus({ preventScroll: true });
  }, [shown !== null]);

  const reveal = useCallback(
    (row: number) => {
      if (row >= 0) scrollTo(topShowing(extent, place.current.top, row));
    },
    [scrollTo, extent, place],
  );

  // Shift extends from where the keyboard stood first; what was selected before stays.
  const anchor = useRef<{ row: number; base: GridSelection } | null>(null);
  const extendTo = async (row: number) => {
    if (!shown || !onSelection) return;
    anchor.current ??= { row: Math.max(cursor.row, 0), base: selection };
    const { row: from, base } = anchor.current;
    const [first, last] = [Math.min(from, row), Math.max(from, row) + 1];
    await shown.load(first, last).catch(props.onError);
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

  const sortBy = (key: string, descending?: boolean) => {
    const now = sort[0]?.field === key ? sort[0] : null;
    onSort([{ field: key, descending: descending ?? (now ? !now.descending : false) }]);
  };

  // Whether rows of the list that was asked for are here.
  const isReady = shown !== null && !props.isWaiting && shown.source.query === source?.query;

  const commandOf = (stroke: Keystroke) => {
    const page = Math.max(1, Math.floor(extent.viewport / rowHeight) - 1);
    // How many rows there will be isn't known before they are: any number, so that it is known whose key it is.
    return gridCommand(stroke, cursor, { rows: isReady ? total : 1, columns: columns.length, page });
  };

  const keys = useHeldKeys((stroke) => {
    if (!isReady) return false;
    const command = commandOf(stroke);
    if (!command) return true;
    switch (command.do) {
      case "move":
        moveTo(command.cursor, command.extend);
        break;
      case "open":
      case "peek":
      case "toggle":
        // The row the keyboard stands on is still being read.
        if (!activeRow) return total === 0;
        if (command.do === "open") onOpen(activeRow);
        else if (command.do === "peek") onPeek?.(activeRow);
        else toggleActive();
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
    if (event.target !== scroller.current) return;
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

  const press = (key: string) => keys.press({ key, shift: false, command: false, alt: false });
  useImperativeHandle(props.ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    move: (by) => press(by > 0 ? "j" : "k"),
    toggle: () => press("x"),
  }));

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
    else props.onPick?.(row);
  };

  const width =
    columns.reduce((sum, column) => sum + column.width, onSelection ? SELECT_WIDTH : 0) +
    (rowActions ? (props.rowActionsWidth ?? 0) : 0);
  const style = useMemo(() => {
    const values: Record<string, string> = {
      "--grid-row": `${rowHeight}px`,
      "--grid-header": `${HEADER}px`,
      "--grid-select": `${onSelection ? SELECT_WIDTH : 0}px`,
      "--grid-width": `${width}px`,
      "--grid-actions": `${props.rowActionsWidth ?? 0}px`,
    };
    for (const [n, column] of columns.entries()) values[`--c${n}`] = `${column.width}px`;
    return values as CSSProperties;
  }, [columns, rowHeight, width, onSelection, props.rowActionsWidth]);

  const rowId = (index: number) => `${gridId}r${index}`;
  const cellId = (index: number, column: number) => `${gridId}r${index}c${column}`;
  const activeElement =
    cursor.row === -1
      ? cellId(-1, cursor.column)
      : cursor.column === -1
        ? rowId(cursor.row)
        : cellId(cursor.row, cursor.column);
  const isDrawn = cursor.row === -1 || (cursor.row >= drawn.first && cursor.row < drawn.last && cursor.row < total);
  const last = Math.min(drawn.last, total);
  const count = selectedCount(selection, total);

  return (
    <div className={styles.frame} style={style}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element can't be a window onto a million rows. */}
      <div
        ref={scroller}
        className={styles.grid}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + (onSelection ? 1 : 0) + (rowActions ? 1 : 0)}
        aria-multiselectable={onSelection ? true : undefined}
        aria-activedescendant={isDrawn ? activeElement : undefined}
        aria-busy={!isReady}
        onScroll={onScroll}
        onMouseDown={(event) => {
          // Shift extends the selection of rows, not of text.
          if (event.shiftKey) event.preventDefault();
        }}
        onKeyDown={onKeyDown}
        onBlur={keys.forget}
      >
        <GridHeader
          columns={columns}
          sort={sort}
          activeColumn={cursor.row === -1 ? cursor.column : null}
          cellId={(column) => cellId(-1, column)}
          selectionState={onSelection ? (count === 0 ? "none" : count === total ? "all" : "some") : null}
          onSelectAll={() => onSelection?.(count === 0 ? EVERYTHING : NOTHING)}
          hasActions={rowActions !== undefined}
          onSort={sortBy}
          onColumnChange={onColumnChange}
          menuColumn={menuColumn}
          onMenuColumn={(key) => {
            setMenuColumn(key);
            if (key === null) scroller.current?.focus({ preventScroll: true });
          }}
        />
        <div
          className={styles.content}
          role={total > 0 ? "rowgroup" : "presentation"}
          style={{ height: contentHeight(extent) }}
        >
          <div className={styles.layer} role="presentation" style={{ transform: `translateY(${drawn.y}px)` }}>
            {shown &&
              Array.from({ length: Math.max(0, last - drawn.first) }, (_, n) => {
                const index = drawn.first + n;
                const row = shown.row(index);
                return (
                  <GridRow
                    key={index}
                    id={rowId(index)}
                    gridId={gridId}
                    index={index}
                    row={row}
                    columns={columns}
                    isActive={index === cursor.row}
                    activeColumn={index === cursor.row ? cursor.column : null}
                    isSelected={row !== undefined && isSelected(selection, row.id)}
                    isSelectable={onSelection !== undefined}
                    onClick={onRowClick}
                    actions={rowActions}
                  />
                );
              })}
          </div>
        </div>
      </div>
      {shown && total === 0 && <div className={styles.empty}>{props.empty}</div>}
      {!shown && <output className={styles.waiting} aria-label={t("grid.loading")} />}
    </div>
  );
}
