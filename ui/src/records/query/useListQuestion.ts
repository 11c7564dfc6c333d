import { useMemo } from "react";
import type { Condition, ListQuery, RecordKind, SortKey } from "~/ipc";
import { useListAddress } from "./useListAddress.ts";

/** The order of a list until somebody chooses another. */
export const BY_NAME: SortKey[] = [{ field: "name", descending: false }];

const NO_FILTER: Condition[] = [];

/** Whether the same fields are asked for, only otherwise. */
function isSameButValues(before: Condition[], after: Condition[]): boolean {
  return before.length === after.length && before.every(({ field }, n) => field === after[n]?.field);
}

type Options = {
  /** Always holds and is not shown. A constant, or memoized. */
  base?: Condition[] | undefined;
  /** Order until somebody chooses another. A constant. */
  sort?: SortKey[] | undefined;
};

/** What a list asks, as the address has it: search, filter and order, and how each of them changes there. */
export function useListQuestion(kind: RecordKind, { base = NO_FILTER, sort: usual = BY_NAME }: Options = {}) {
  const { search, go } = useListAddress();
  const filter = search.filter ?? NO_FILTER;
  const sort = search.sort ?? usual;
  const query = useMemo<ListQuery>(
    () => ({ kind, search: search.q ?? "", filter: [...base, ...filter], sort }),
    [kind, search.q, base, filter, sort],
  );
  return {
    search,
    go,
    filter,
    sort,
    query,
    /** Tells one question from another; the order of the answers is no part of it. */
    key: JSON.stringify([search.q, filter, base]),
    isFiltered: search.q !== undefined || filter.length > 0,
    setText: (q: string) => go({ ...search, q: q === "" ? undefined : q }, search.q !== undefined && q !== ""),
    // A condition that is being written changes with each letter: Back leaves it as a whole.
    setFilter: (next: Condition[]) =>
      go({ ...search, filter: next.length > 0 ? next : undefined }, isSameButValues(filter, next)),
    setSort: (next: SortKey[]) => go({ ...search, sort: next }),
  };
}
