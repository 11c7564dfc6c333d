import { type ReactNode, useEffect, useRef } from "react";
import type { Id, Selection } from "~/ipc";
import { type GridSelection, toSelection } from "~/kit/grid/selection.ts";
import type { ListRow } from "~/records/query/useResultSet.ts";
import type { ReviewKind } from "../review/request.ts";
import { useReview } from "../review/useReview.tsx";

type Options = {
  /** The open list, once it is open. */
  result: number | undefined;
  selection: GridSelection;
  count: number;
  active: ListRow | null;
  /** The selected row, where it is one. */
  one: ListRow | null;
  canReview: boolean;
  deselect: () => void;
  focus: () => void;
  /** Puts the keyboard on a contact as soon as it is in the list again. */
  follow: (id: Id) => void;
};

/** Approves and rejects: the selection if there is one, else the row the keyboard stands on. */
export function useDecide(options: Options): {
  decide: (action: ReviewKind, row?: ListRow | null) => void;
  dialog: ReactNode;
} {
  const { result, selection, count, active, one, canReview } = options;
  const review = useReview();
  // Rows already decided stay on the screen until the list comes anew. A key pressed meanwhile is meant for the next
  // person: it waits until the keyboard stands on a row of the new list. (Rows of a new list are new objects.)
  const decided = useRef(new WeakSet<ListRow>());
  const waiting = useRef<ReviewKind[]>([]);

  const done = (chosen: Selection) => {
    // What was decided is no longer in the list, so it can't stay selected.
    if (chosen.by === "result" || count > 0) options.deselect();
    options.focus();
  };
  const decide = (action: ReviewKind, row: ListRow | null = null) => {
    const bulk = row === null && count > 0;
    const target = row ?? active;
    if (!canReview || (!bulk && !target) || (bulk && result === undefined)) return;
    if (!bulk && target && decided.current.has(target)) {
      if (row === null) waiting.current.push(action);
      return;
    }
    const chosen: Selection =
      bulk && result !== undefined ? toSelection(selection, result) : { by: "ids", ids: target ? [target.id] : [] };
    const request = {
      action,
      before: "pending" as const,
      selection: chosen,
      count: bulk ? count : 1,
      name: (bulk ? one : target)?.name ?? null,
      onDone: () => done(chosen),
      ...(!bulk && target ? { onUndone: () => options.follow(target.id) } : {}),
      onFailed: () => target && decided.current.delete(target),
    };
    if (!bulk && target && (action === "approve" || action === "reject")) {
      decided.current.add(target);
      review.act(request);
    } else review.ask(request);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another row makes a waiting key due.
  useEffect(() => {
    if (!active) waiting.current = [];
    else if (!decided.current.has(active)) {
      const action = waiting.current.shift();
      if (action) decide(action);
    }
  }, [active]);

  return { decide, dialog: review.dialog };
}
