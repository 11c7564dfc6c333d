import { useTranslation } from "react-i18next";
import { call, commands, type ListQuery, type SortKey } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";
import type { ListState } from "../query/listState.ts";
import type { View } from "./queries.ts";

/** The list as it is now, as a view would keep it; and whether it differs from the view that is open, or from no view. */
export function compared(list: ListState, current: View | undefined, shownAtFirst: string[], defaultSort: SortKey[]) {
  const { search, layout } = list;
  const query: ListQuery = {
    kind: list.kind,
    search: search.q ?? "",
    filter: search.filter ?? [],
    sort: search.sort ?? current?.query.sort ?? [],
  };
  const columnsWere = current && current.columns.length > 0 ? withName(current.columns) : withName(shownAtFirst);
  const isChanged = current
    ? !isSame(query, current.query) || !isSame(withName(layout.shown), columnsWere)
    : query.search !== "" ||
      query.filter.length > 0 ||
      (search.sort !== undefined && !isSame(search.sort, defaultSort)) ||
      !isSame(withName(layout.shown), columnsWere);
  return { input: { query, columns: layout.shown }, isChanged };
}

/** What can be done with a saved view at once; its name and sharing have a form. */
export function useViewActs(views: View[], current: View | undefined, input: { query: ListQuery; columns: string[] }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const run = async (change: () => Promise<{ operation: string | null }>, words: string) => {
    try {
      announce((await change()).operation, words);
    } catch (error) {
      toastError(error);
    }
  };
  const saved = current?.saved ?? null;
  const own = views.filter((view) => view.saved !== null);
  const at = own.findIndex((view) => view.key === current?.key);
  return {
    saved,
    isFirst: at <= 0,
    isLast: at === own.length - 1,
    keep: () =>
      saved &&
      void run(
        () => call(commands.viewChange(saved.id, { ...saved, ...input })),
        t("views.done.changed", { name: saved.name }),
      ),
    pin: () =>
      saved &&
      void run(
        () => call(commands.viewChange(saved.id, { ...saved, pinned: !saved.pinned })),
        t(saved.pinned ? "views.done.unpinned" : "views.done.pinned", { name: saved.name }),
      ),
    move: (by: number) => {
      const order = own.map((view) => view.key);
      const [moved] = order.splice(at, 1);
      if (moved === undefined) return;
      order.splice(at + by, 0, moved);
      void run(() => call(commands.viewsReorder(order)), t("views.done.moved"));
    },
  };
}

/** The name comes first in every list, whether it is said or not. */
function withName(columns: string[]): string[] {
  return ["name", ...columns.filter((key) => key !== "name")];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sortedKeys) === JSON.stringify(b, sortedKeys);
}

/** Objects with their keys in one order: what comes from the address and what comes from Rust are compared. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
