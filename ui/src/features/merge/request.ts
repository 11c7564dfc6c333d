import type { Id } from "~/ipc";

/** What is to be merged, and what follows. */
export type MergeRequest = {
  kind: "contact" | "employer";
  /** What is merged; where it is one, the dialog asks for the other. The first one stays unless somebody says otherwise. */
  ids: Id[];
  /** This pending contact is approved into another one (B4): it never stays itself. */
  into?: Id;
  /** Called with the one that stayed. */
  onDone?: (survivor: Id) => void;
  onClose?: () => void;
  /** Called once it was undone. */
  onUndone?: () => void;
};

/** What the dialog settled. */
export type Settled = {
  survivor: Id;
  name: string;
  others: { id: Id; name: string }[];
  choices: { [field: string]: Id };
};
