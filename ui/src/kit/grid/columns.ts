import { type ReactNode, useMemo, useState } from "react";

export type GridColumn<T> = {
  key: string;
  label: string;
  /** Width in px until somebody drags it. */
  width: number;
  sortable?: boolean;
  /** The list can be filtered by it. */
  filterable?: boolean;
  /** The heading it stands under where columns are chosen. */
  section?: string;
  /** Stays in sight while the others scroll sideways; comes first and can't be moved or hidden. */
  pinned?: boolean;
  align?: "end";
  render: (row: T) => ReactNode;
};

export const MIN_WIDTH = 64;
export const MAX_WIDTH = 720;

const NONE: string[] = [];

/** What a person changed about columns: order of the shown ones, and widths. */
export type ColumnLayout = { shown: string[]; widths: Record<string, number> };

export type ColumnChange =
  | { change: "resize"; key: string; width: number }
  | { change: "move"; key: string; to: number }
  | { change: "show"; key: string; shown: boolean }
  | { change: "reset" }
  /** A whole layout at once, as a saved view brings it. */
  | { change: "set"; layout: ColumnLayout };

/** The layout after a change. Pinned columns stay first. Unknown keys are ignored. */
export function changeLayout(
  layout: ColumnLayout,
  change: ColumnChange,
  initial: ColumnLayout,
  pinned: ReadonlySet<string>,
): ColumnLayout {
  switch (change.change) {
    case "resize":
      return {
        ...layout,
        widths: { ...layout.widths, [change.key]: Math.round(Math.min(Math.max(change.width, MIN_WIDTH), MAX_WIDTH)) },
      };
    case "move": {
      if (pinned.has(change.key) || !layout.shown.includes(change.key)) return layout;
      const rest = layout.shown.filter((key) => key !== change.key);
      const first = rest.filter((key) => pinned.has(key)).length;
      const to = Math.min(Math.max(change.to, first), rest.length);
      return { ...layout, shown: [...rest.slice(0, to), change.key, ...rest.slice(to)] };
    }
    case "show": {
      if (pinned.has(change.key)) return layout;
      const rest = layout.shown.filter((key) => key !== change.key);
      return { ...layout, shown: change.shown ? [...rest, change.key] : rest };
    }
    case "reset":
      return initial;
    case "set":
      return change.layout;
  }
}

function stored(storageKey: string): ColumnLayout | null {
  try {
    const value = JSON.parse(localStorage.getItem(storageKey) ?? "null") as ColumnLayout | null;
    return value && Array.isArray(value.shown) && typeof value.widths === "object" ? value : null;
  } catch {
    // A damaged entry is as good as none: the layout is a comfort, not data.
    return null;
  }
}

/**
 * The columns as the person arranged them, remembered on this computer; `also` are shown in any case, after the pinned
 * ones. All of them constant or memoized.
 */
export function useColumns<T>(name: string, all: GridColumn<T>[], shownAtFirst: string[], also: string[] = NONE) {
  const storageKey = `liaison.columns.${name}`;
  const initial = useMemo<ColumnLayout>(() => ({ shown: shownAtFirst, widths: {} }), [shownAtFirst]);
  const [kept, setKept] = useState(() => ({ storageKey, layout: stored(storageKey) ?? initial }));
  // Another list in the same place, for example a saved view, has columns of its own.
  const current = kept.storageKey === storageKey ? kept : { storageKey, layout: stored(storageKey) ?? initial };
  if (current !== kept) setKept(current);
  const { layout } = current;
  const columns = useMemo(() => {
    const byKey = new Map(all.map((column) => [column.key, column]));
    const pinned = all.filter((column) => column.pinned && !layout.shown.includes(column.key));
    const missing = also.filter((key) => !layout.shown.includes(key));
    const [first, rest] = [layout.shown.slice(0, 1), layout.shown.slice(1)];
    const shown = [...first, ...missing, ...rest].flatMap((key) => byKey.get(key) ?? []);
    return [...pinned, ...shown].map((column) => ({ ...column, width: layout.widths[column.key] ?? column.width }));
  }, [all, layout, also]);
  const change = (next: ColumnChange) => {
    setKept((before) => {
      const pinned = new Set(all.filter((column) => column.pinned).map((column) => column.key));
      const after = changeLayout(before.layout, next, initial, pinned);
      localStorage.setItem(storageKey, JSON.stringify(after));
      return { storageKey, layout: after };
    });
  };
  return { columns, layout, change };
}
