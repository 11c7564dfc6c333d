import {
  type CSSProperties,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
} from "react";
import { useTranslation } from "react-i18next";
import type { SortKey } from "~/ipc";
import { isFocusFree } from "../pages/focus.ts";
import type { ColumnChange, GridColumn } from "./columns.ts";
import { useDensity } from "./density.ts";
import styles from "./Grid.module.css";
import { GridHeader } from "./GridHeader.tsx";
import { GridRow } from "./GridRow.tsx";
import { contentHeight } from "./scroll.ts";
import { EVERYTHING, type GridSelection, isSelected, NOTHING, selectedCount } from "./selection.ts";
import { useGridCommands } from "./useGridCommands.ts";
import { useGridMoves } from "./useGridMoves.ts";
import { useGridPlace } from "./useGridPlace.ts";
import type { RowSource } from "./windows.ts";

const HEADER = 32;
const SELECT_WIDTH = 36;
const ROW_HEIGHT = { normal: 36, compact: 30 };
const TWO_LINES_HEIGHT = { normal: 52, compact: 44 };

/** What the page can ask of its grid. */
export type GridHandle = {
  focus: () => void;
  move: (by: number) => void;
  toggle: () => void;
  /** Puts the cursor on a row and shows it; the focus stays where it is. */
  goTo: (row: number) => void;
  /** Puts the keyboard on the row with this id, now or when the list that is on its way has it. */
  follow: (id: string) => void;
};

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
  /** Asks for a filter by a column, from its menu. */
  onFilter?: (key: string) => void;
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
  /** Cells have two lines. */
  isTwoLines?: boolean;
  /** In the place of rows when there are none. */
  empty: ReactNode;
  /** Under this name the scroll place is remembered, see `memory.ts`. */
  memoryKey?: string;
  autoFocus?: boolean;
  ref?: Ref<GridHandle>;
};

/** An ARIA grid over a list of any length, read in windows. One tab stop; everything by keyboard (`keyboard.ts`). */
export function Grid<T extends { id: string; name: string }>(props: GridProps<T>) {
  const { source, columns, selection = NOTHING, onSelection, onActive, onError, memoryKey } = props;
  const { t } = useTranslation();
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const density = useDensity();
  const rowHeight = (props.isTwoLines ? TWO_LINES_HEIGHT : ROW_HEIGHT)[density];
  const place = useGridPlace(scroller, { source, rowHeight, headerHeight: HEADER, memoryKey, onActive, onError });
  const { shown, total, cursor, drawn, extent } = place;

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus is taken at once, for keys that come before the rows, and again where those took it along.
  useEffect(() => {
    if (props.autoFocus && isFocusFree()) scroller.current?.focus({ preventScroll: true });
  }, [shown !== null]);

  // Whether rows of the list that was asked for are here.
  const isReady = shown !== null && !props.isWaiting && shown.source.query === source?.query;
  const { onOpen, onPick, onPeek, onEscape } = props;
  const moves = useGridMoves(scroller, { place, selection, onSelection, onOpen, onPick, onError });
  const commands = useGridCommands(scroller, {
    ...props,
    place,
    moves,
    isReady,
    rowHeight,
    selection,
    onSelection,
    onPeek,
    onEscape,
  });
  useImperativeHandle(props.ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    move: (by) => commands.press(by > 0 ? "j" : "k"),
    toggle: () => commands.press("x"),
    goTo: (row) => {
      place.setCursor({ row, column: -1 });
      place.reveal(row);
    },
    follow: place.follow,
  }));

  const style = useWidths(props, rowHeight);
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
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + (onSelection ? 1 : 0) + (props.rowActions ? 1 : 0)}
        aria-multiselectable={onSelection ? true : undefined}
        aria-activedescendant={isDrawn ? activeElement : undefined}
        aria-busy={!isReady}
        onScroll={place.onScroll}
        onMouseDown={(event) => {
          // Shift extends the selection of rows, not of text.
          if (event.shiftKey) event.preventDefault();
          moves.onPress(event);
        }}
        onClick={moves.onClickBetween}
        onKeyDown={commands.onKeyDown}
        onBlur={commands.forget}
      >
        <GridHeader
          columns={columns}
          sort={props.sort}
          activeColumn={cursor.row === -1 ? cursor.column : null}
          cellId={(column) => cellId(-1, column)}
          selectionState={onSelection ? (count === 0 ? "none" : count === total ? "all" : "some") : null}
          onSelectAll={() => onSelection?.(count === 0 ? EVERYTHING : NOTHING)}
          hasActions={props.rowActions !== undefined}
          onSort={commands.sortBy}
          onColumnChange={props.onColumnChange}
          onFilter={props.onFilter}
          menuColumn={commands.menuColumn}
          onMenuColumn={commands.openMenu}
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
                    onClick={moves.onRowClick}
                    actions={props.rowActions}
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

type Widths<T extends { id: string; name: string }> = Pick<
  GridProps<T>,
  "columns" | "onSelection" | "rowActions" | "rowActionsWidth"
>;

/** The sizes the styles of a grid compute with. */
function useWidths<T extends { id: string; name: string }>(
  { columns, onSelection, rowActions, rowActionsWidth }: Widths<T>,
  rowHeight: number,
): CSSProperties {
  const width =
    columns.reduce((sum, column) => sum + column.width, onSelection ? SELECT_WIDTH : 0) +
    (rowActions ? (rowActionsWidth ?? 0) : 0);
  return useMemo(() => {
    const values: Record<string, string> = {
      "--grid-row": `${rowHeight}px`,
      "--grid-header": `${HEADER}px`,
      "--grid-select": `${onSelection ? SELECT_WIDTH : 0}px`,
      "--grid-width": `${width}px`,
      "--grid-actions": `${rowActionsWidth ?? 0}px`,
    };
    for (const [n, column] of columns.entries()) values[`--c${n}`] = `${column.width}px`;
    return values as CSSProperties;
  }, [columns, rowHeight, width, onSelection, rowActionsWidth]);
}
