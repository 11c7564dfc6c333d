import type { Id, Selection } from "~/ipc";

/** Kinds of which one or many are deleted from a list or a page. */
export type DeletedKind = "contact" | "employer" | "student";

/** What is to be deleted, and what follows. */
export type DeleteRequest = {
  kind: DeletedKind;
  selection: Selection;
  /** Its name, where it is one. */
  name: string | null;
  /** Called once they are deleted, or something else was done with them. */
  onDone?: () => void;
  /** Merges it with another one instead; none where that may not be done. */
  onMerge?: (id: Id) => void;
};
