import type { TFunction } from "i18next";
import type { Done, UndoPreview } from "~/ipc";

/** What goes back, in one sentence. */
export function willUndo(t: TFunction, { can_undo, records }: UndoPreview): string {
  if (can_undo === 0) return t("history.undo.none");
  return can_undo >= records
    ? t("history.undo.all", { count: records })
    : t("history.undo.some", { can: can_undo, count: records });
}

/** Whether putting old values over later ones would change anything; frozen and lost values stay whatever one chooses. */
export function canOverwrite({ conflicts }: UndoPreview): boolean {
  return conflicts.some(
    ({ reason, kind }) => reason === "changed_since" || (reason === "in_use" && kind === "contact"),
  );
}

/** What was taken back, for the toast. */
export function undoneWords(t: TFunction, done: Done, redo: boolean): string {
  if (done.changed + done.users === 0) return t("history.undo.nothing");
  const sentences = [t(redo ? "history.undo.redone" : "history.undo.done", { count: done.changed + done.users })];
  if (done.skipped > 0) sentences.push(t("history.undo.skipped", { count: done.skipped }));
  return sentences.join(" ");
}
