import type { RecordKind } from "~/ipc";
import type { ColumnChange, ColumnLayout } from "~/kit/grid/columns.ts";
import type { ListSearch } from "./listSearch.ts";

/** What stands around a list may read and change it: saved views, exports. */
export type ListState = {
  kind: RecordKind;
  search: ListSearch;
  go: (next: ListSearch, replace?: boolean) => void;
  layout: ColumnLayout;
  onColumnChange: (change: ColumnChange) => void;
  /** The open result set, once it is open. */
  result: number | undefined;
  total: number | undefined;
};
