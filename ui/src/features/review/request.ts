import type { Approval, ReviewAction, Selection } from "~/ipc";

export type ReviewKind = ReviewAction["action"];

/** Who is to be approved or rejected, and what follows. */
export type ReviewRequest = {
  action: ReviewKind;
  selection: Selection;
  /** How many are selected. */
  count: number;
  /** The contact's name, where it is one. */
  name: string | null;
  /** Their approval status now; null where it is not the same for all. */
  before: Approval | null;
  /** Called once it is done, for example to clear the selection. */
  onDone?: () => void;
  /** Called once it was undone, for example to go back to the contact. */
  onUndone?: () => void;
  /** Called when it failed: nothing was changed. */
  onFailed?: () => void;
};
