import type { TFunction } from "i18next";
import type { Done, UndoConflict, UndoMode, UndoPreview, UndoReason } from "~/ipc";
import { countOf, listed } from "~/kit/i18n/words.ts";
import { isEvent, isUndo } from "./sentence.ts";

/** What goes back, in one sentence. */
export function willUndo(t: TFunction, { operation, can_undo, records }: UndoPreview): string {
  if (can_undo === 0) return t(isUndo(operation) ? "history.undo.noneRedo" : "history.undo.none");
  return can_undo >= records
    ? t("history.undo.all", { count: records })
    : t("history.undo.some", { can: can_undo, count: records });
}

/** What one can choose to do about later changes; one way alone is no choice. */
export function modesOf(preview: UndoPreview): UndoMode[] {
  const modes: UndoMode[] = ["keep_later_changes"];
  if (preview.created_kept > 0) modes.push("trash_created");
  if (preview.can_overwrite) modes.push("overwrite_later_changes");
  return modes;
}

/** What a choice is called, and what it does. */
export function modeWords(t: TFunction, mode: UndoMode, preview: UndoPreview): { label: string; note: string } {
  switch (mode) {
    case "keep_later_changes":
      return { label: t("history.undo.keep"), note: t("history.undo.keepNote") };
    case "overwrite_later_changes":
      return { label: t("history.undo.overwrite"), note: t("history.undo.overwriteNote") };
    case "trash_created": {
      const what = newOf(t, preview);
      return { label: t("history.undo.trash", { what }), note: t("history.undo.trashNote") };
    }
  }
}

/** "13 users": those that the step added and an undo would otherwise keep. */
function newOf(t: TFunction, { created_kept, created_kind: kind }: UndoPreview): string {
  return kind ? countOf(kind, created_kept) : t("history.many", { count: created_kept });
}

/** "13 users: case assigned since". */
export function reasonSentence(t: TFunction, { kind, records, reason, later }: UndoReason): string {
  const isKnown = reason === "changed_since" && later !== null && !isEvent(later);
  const act = isKnown ? t(`history.undo.since.${later}`) : t(`history.undo.group.${reason}`);
  return t("history.undo.reasonOf", { what: countOf(kind, records), act });
}

/** "Ana Silva, Bo Chen, Cy Dee, and 10 more". */
export function namesOf(t: TFunction, { names, records }: UndoReason): string {
  const more = records - names.length;
  return more === 0 ? listed(names) : t("history.undo.namesMore", { names: names.join(", "), count: more });
}

/** What was undone, for the toast. */
export function undoneWords(t: TFunction, done: Done, redo: boolean): string {
  if (done.changed + done.users === 0) return t(redo ? "history.undo.nothingRedo" : "history.undo.nothing");
  const sentences = [t(redo ? "history.undo.redone" : "history.undo.done", { count: done.changed + done.users })];
  if (done.skipped > 0) sentences.push(t("history.undo.skipped", { count: done.skipped }));
  return sentences.join(" ");
}

/** Why something stays as it is. Who it is that changed it, or has the address, may not be known. */
export function reasonOf(t: TFunction, { reason, by, now }: UndoConflict): string {
  if (reason === "changed_since" && !by) return t("history.undo.reason.changed_by_nobody");
  if (reason === "address_taken" && !now.value) return t("history.undo.reason.address_taken_hidden");
  return t(`history.undo.reason.${reason}`, { by, name: now.value });
}
