import type { Condition, RecordKind, Selection } from "~/ipc";
import type { ListRow } from "../query/useResultSet.ts";

/** What a bulk action works on. */
export type BulkTarget = {
  kind: RecordKind;
  selection: Selection;
  /** How many are selected; never 0 when an action runs. */
  count: number;
  /** Its name, where it is one record. */
  name: string | null;
  /** The row, where it is one record and the list shows it. */
  row?: ListRow | null;
  /** The conditions of the list they were selected in. */
  filter: Condition[];
  /** Call it once it is done: clears the selection. */
  done: () => void;
};
