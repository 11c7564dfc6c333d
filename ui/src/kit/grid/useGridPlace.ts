import { type RefObject, type SetStateAction, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Cursor } from "./keyboard.ts";
import { rememberedPlace, rememberPlace } from "./memory.ts";
import { topShowing } from "./scroll.ts";
import { useGridRows } from "./useGridRows.ts";
import { useGridScroll } from "./useGridScroll.ts";
import type { RowSource } from "./windows.ts";

type Options<T> = {
  source: RowSource<T> | undefined;
  rowHeight: number;
  headerHeight: number;
  /** Under this name the place is remembered, see `memory.ts`. */
  memoryKey: string | undefined;
  /** The row the keyboard stands on, also after the list changed under it. */
  onActive: ((row: T | null, index: number) => void) | undefined;
  onError: (error: unknown) => void;
};

/** How long a row that is not there yet is waited for. */
const FOLLOW_MS = 3_000;

/** Where one is in a list: its rows as far as they are read, the part in sight, and the row or cell of the keyboard. */
export function useGridPlace<T extends { id: string; name: string }>(
  scroller: RefObject<HTMLDivElement | null>,
  { source, rowHeight, headerHeight, memoryKey, onActive, onError }: Options<T>,
) {
  // The history entry whose list is shown; while another list is on its way, places still belong to the one before.
  const ownKey = useRef<string | undefined>(undefined);
  const placeToRestore = () => (ownKey.current === memoryKey ? undefined : rememberedPlace(memoryKey));
  const [cursor, setCursor] = useState<Cursor>(() => ({ row: rememberedPlace(memoryKey)?.row ?? 0, column: -1 }));
  const moves = useRef(0);
  const moveCursor = useCallback((next: SetStateAction<Cursor>) => {
    moves.current++;
    setCursor(next);
  }, []);
  const activeId = useRef<string | null>(null);
  const revealRef = useRef<(row: number) => void>(() => {});
  const wanted = useRef<{ id: string; until: number } | null>(null);
  const scrollToRef = useRef<(top: number) => void>(() => {});

  const shown = useGridRows(
    source,
    (next, sameQuery) => {
      const page = Math.ceil((scroller.current?.clientHeight ?? 600) / rowHeight) + 4;
      const start = placeToRestore()?.top ?? (sameQuery ? place.current.top : 0);
      const first = Math.min(Math.floor(start / rowHeight), Math.max(0, next.total - page));
      return { first, last: Math.min(first + page, next.total) };
    },
    onError,
  );
  const total = shown?.source.total ?? 0;
  const { drawn, extent, place, scrollTo, onScroll } = useGridScroll(scroller, total, rowHeight, headerHeight);
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
    const goal = wanted.current && performance.now() < wanted.current.until ? wanted.current.id : null;
    const followed = goal ?? activeId.current;
    if (!followed || !shown.source.position) return;
    const at = moves.current;
    let left = false;
    void shown.source.position(followed).then(
      (index) => {
        // Who moved on meanwhile is not taken back.
        if (left || index === null || (goal === null && moves.current !== at)) return;
        setCursor((before) => (before.row === -1 ? before : { ...before, row: index }));
        if (goal !== null) {
          wanted.current = null;
          revealRef.current(index);
        }
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

  const reveal = useCallback(
    (row: number) => {
      if (row >= 0) scrollTo(topShowing(extent, place.current.top, row));
    },
    [scrollTo, extent, place],
  );

  revealRef.current = reveal;

  const follow = useCallback(
    (id: string) => {
      wanted.current = { id, until: performance.now() + FOLLOW_MS };
      void shown?.source.position?.(id).then(
        (index) => {
          if (index === null || wanted.current?.id !== id) return;
          wanted.current = null;
          setCursor({ row: index, column: -1 });
          revealRef.current(index);
        },
        () => {},
      );
    },
    [shown],
  );

  return { shown, total, cursor, setCursor: moveCursor, activeRow, drawn, extent, reveal, follow, onScroll };
}
