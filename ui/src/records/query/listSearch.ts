import type { Condition, FilterOp, SortKey } from "~/ipc";

/** What the address of a list holds, so that Back, a restart and a saved link find the same list. */
export type ListSearch = {
  q?: string;
  filter?: Condition[];
  sort?: SortKey[];
  /** The saved view it began with: its id, or the key of one that is always there. */
  view?: string;
};

const OPS: FilterOp[] = [
  "is",
  "is_not",
  "contains",
  "starts_with",
  "is_empty",
  "is_not_empty",
  "before",
  "after",
  "longer_ago_than",
  "within_last",
];

function isCondition(value: unknown): value is Condition {
  const condition = value as Condition;
  return (
    typeof condition === "object" &&
    condition !== null &&
    typeof condition.field === "string" &&
    OPS.includes(condition.op) &&
    Array.isArray(condition.values) &&
    condition.values.every((text) => typeof text === "string")
  );
}

function isSortKey(value: unknown): value is SortKey {
  const key = value as SortKey;
  return (
    typeof key === "object" && key !== null && typeof key.field === "string" && typeof key.descending === "boolean"
  );
}

/** Reads the address; what it doesn't understand it leaves out. Empty parts are left out, so that addresses stay short. */
export function listSearch(raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  if (raw.q !== undefined && String(raw.q) !== "") search.q = String(raw.q);
  if (Array.isArray(raw.filter)) {
    const filter = raw.filter.filter(isCondition);
    if (filter.length > 0) search.filter = filter;
  }
  if (Array.isArray(raw.sort)) {
    const sort = raw.sort.filter(isSortKey);
    if (sort.length > 0) search.sort = sort;
  }
  if (typeof raw.view === "string" && raw.view !== "") search.view = raw.view;
  return search;
}
