import type { Selection } from "~/ipc";

/** What is selected: single records, or all that match except some. "All" never lists ids, whatever the length. */
export type GridSelection = { all: false; ids: ReadonlySet<string> } | { all: true; except: ReadonlySet<string> };

export const NOTHING: GridSelection = { all: false, ids: new Set() };
export const EVERYTHING: GridSelection = { all: true, except: new Set() };

export function isSelected(selection: GridSelection, id: string): boolean {
  return selection.all ? !selection.except.has(id) : selection.ids.has(id);
}

export function selectedCount(selection: GridSelection, total: number): number {
  return selection.all ? Math.max(0, total - selection.except.size) : selection.ids.size;
}

function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

export function toggle(selection: GridSelection, id: string): GridSelection {
  return selection.all
    ? { all: true, except: toggled(selection.except, id) }
    : { all: false, ids: toggled(selection.ids, id) };
}

/** Adds these to what was selected before. */
export function withIds(selection: GridSelection, ids: Iterable<string>): GridSelection {
  if (selection.all) {
    const except = new Set(selection.except);
    for (const id of ids) except.delete(id);
    return { all: true, except };
  }
  return { all: false, ids: new Set([...selection.ids, ...ids]) };
}

/** Takes these out of what was selected one by one. */
export function withoutIds(selection: { all: false; ids: ReadonlySet<string> }, ids: Iterable<string>): GridSelection {
  const left = new Set(selection.ids);
  for (const id of ids) left.delete(id);
  return { all: false, ids: left };
}

/** The selection as commands take it; `result` is the open list. */
export function toSelection(selection: GridSelection, result: number): Selection {
  return selection.all
    ? { by: "result", result, except: [...selection.except] }
    : { by: "ids", ids: [...selection.ids] };
}
