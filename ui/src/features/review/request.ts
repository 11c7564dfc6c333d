import type { Selection } from "~/ipc";
import type { ReviewKind, ReviewOrigin } from "./words.ts";

/** Who is to be approved or rejected, and what follows. */
export type ReviewRequest = {
  action: ReviewKind;
  selection: Selection;
  /** How many are selected. */
  count: number;
  /** The contact's name, where it is one. */
  name: string | null;
  /** Where the contacts are now. */
  origin: ReviewOrigin;
  /** Called once it is done, for example to clear the selection. */
  onDone?: () => void;
  /** Called when it failed: nothing was changed. */
  onFailed?: () => void;
};
