import { useLocation } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Id } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";
import { type GridColumn, useColumns } from "~/kit/grid/columns.ts";
import type { GridHandle } from "~/kit/grid/Grid.tsx";
import { EVERYTHING, type GridSelection, NOTHING, selectedCount, withoutIds } from "~/kit/grid/selection.ts";
import type { RowSource } from "~/kit/grid/windows.ts";

type Row = { id: Id; name: string };

/** The rows of an open list, as far as the grid wants to know. */
type Rows<T> = {
  source: RowSource<T> | undefined;
  total: number | undefined;
  isWaiting?: boolean;
  /** Which of some records are still in the list; another function for each list that was opened. */
  remaining?: ((ids: Id[]) => Promise<Id[]>) | undefined;
};

const NONE: readonly string[] = [];

type Options<T, R> = {
  /** Under this name columns are remembered. */
  name: string;
  all: GridColumn<T>[];
  /** Columns shown until somebody chooses others. A constant. */
  shown: string[];
  /** Columns shown in any case. A constant, or memoized. */
  also?: string[] | undefined;
  /** Fields that cells show besides that of their column. A constant. */
  asksFor?: readonly string[];
  /** Reads the rows with the cells of these columns; a hook. */
  useRows: (asked: string[]) => R;
  /** What the list answers: with another question the selection goes. */
  question?: string;
  /** Whether rows can be selected. */
  selects?: boolean;
  /** Whether Back finds the list scrolled to where it was. */
  remembers?: boolean;
};

/**
 * What every list holds: its columns, its rows, which of them are selected, and the one the keyboard is on. `grid` is
 * what its `Grid` is given of that.
 */
export function useList<T extends Row, R extends Rows<T>>(options: Options<T, R>) {
  const { name, all, shown, also, asksFor = NONE, useRows, question = "", selects = true, remembers = true } = options;
  const historyKey = useLocation({ select: (location) => location.state.__TSR_key });
  const handle = useRef<GridHandle>(null);
  const { columns, layout, change } = useColumns(name, all, shown, also);
  const [selection, setSelection] = useState<GridSelection>(NOTHING);
  const [active, setActive] = useState<T | null>(null);
  const asked = useMemo(
    () => [...new Set([...columns.map(({ key }) => key), ...asksFor])].filter((key) => key !== "name"),
    [columns, asksFor],
  );
  const rows = useRows(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, another selection.
  useEffect(() => setSelection(NOTHING), [question]);

  useRemainingOnly(rows.remaining, selection, setSelection);

  const count = selectedCount(selection, rows.total ?? 0);
  const isActiveOnly = count === 1 && active !== null && !selection.all && selection.ids.has(active.id);
  const focus = () => handle.current?.focus();
  return {
    columns,
    layout,
    change,
    rows,
    active,
    setActive,
    selection,
    /** How many are selected. */
    count,
    /** The selected row, where it is one and it is known. */
    one: isActiveOnly ? active : null,
    handle,
    focus,
    selectAll: () => setSelection(EVERYTHING),
    deselect: () => setSelection(NOTHING),
    /** Deselects, and gives the keyboard back to the list: the bar goes, and with it the button that has the focus. */
    clear: () => {
      setSelection(NOTHING);
      focus();
    },
    /**
     * Something was done with the selected rows: those that are still in the list stay selected, for what comes next,
     * and the keyboard is the list's again.
     */
    done: () => {
      if (!rows.remaining) setSelection(NOTHING);
      focus();
    },
    grid: {
      ref: handle,
      source: rows.source,
      isWaiting: rows.isWaiting ?? false,
      columns,
      onColumnChange: change,
      ...(selects ? { selection, onSelection: setSelection } : {}),
      onActive: setActive,
      onError: toastError,
      ...(remembers ? { memoryKey: historyKey } : {}),
      autoFocus: true,
    },
  };
}

/** Takes rows that left the list out of the selection, whoever changed them. */
function useRemainingOnly(
  remaining: Rows<Row>["remaining"],
  selection: GridSelection,
  onSelection: (change: (before: GridSelection) => GridSelection) => void,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each list that was opened.
  useEffect(() => {
    if (!remaining || selection.all || selection.ids.size === 0) return;
    const asked = [...selection.ids];
    let left = false;
    remaining(asked).then(
      (ids) => {
        const there = new Set(ids);
        const gone = asked.filter((id) => !there.has(id));
        if (!left && gone.length > 0) onSelection((before) => (before.all ? before : withoutIds(before, gone)));
      },
      // The list was closed or pushed out meanwhile: the next one answers.
      () => {},
    );
    return () => {
      left = true;
    };
  }, [remaining]);
}

type Chosen = { count: number; active: Row | null; one: Row | null; selection: GridSelection };

/** Which rows a key means: the selected ones, and without a selection the one the keyboard is on. */
export function meantRows({ count, active, one, selection }: Chosen) {
  const alone = count === 0 ? active : one;
  return {
    count: count === 0 ? Number(active !== null) : count,
    /** Its name, where it is one. */
    name: alone?.name ?? null,
    /** Their ids; `readAll` reads those of the whole list except some. */
    ids: async (readAll: (except: ReadonlySet<Id>) => Promise<Id[]>): Promise<Id[]> => {
      if (count === 0) return active ? [active.id] : [];
      return selection.all ? readAll(selection.except) : [...selection.ids];
    },
  };
}
