import type { TFunction } from "i18next";
import { ERASING_OPERATIONS, EVENT_OPERATIONS, OPERATION_KIND, type OperationKind, type OperationRow } from "~/ipc";
import { name } from "./emphasis.tsx";

/** How a desk begins. */
const BEGINNING: readonly OperationKind[] = ["sample.create", "institution.setup"];

/** Every kind of step, in the order of the filter's list. */
export const KINDS: OperationKind[] = [...OPERATION_KIND.filter((kind) => !BEGINNING.includes(kind)), ...BEGINNING];

/** A step that changed no record: there is nothing to undo. */
type Event = (typeof EVENT_OPERATIONS)[number];

function isEvent(kind: OperationKind | null): kind is Event {
  return (EVENT_OPERATIONS as readonly (OperationKind | null)[]).includes(kind);
}

/** What a kind is called in the filter. */
export function kindLabel(t: TFunction, kind: OperationKind): string {
  return t(`history.kind.${kind}`);
}

function subjectOf(t: TFunction, row: OperationRow): string {
  if (row.subject) return name(row.subject);
  if (row.kind?.startsWith("records")) return t("history.oneRecord");
  return t(row.kind?.startsWith("employers") ? "history.oneEmployer" : "history.oneContact");
}

/** Whether the step puts back what an earlier undo had taken back. */
export function isRedo(row: OperationRow): boolean {
  return row.kind === "undo" && row.undoes_kind === "undo";
}

/**
 * A step in words: "Dana Reyes approved 80 contacts". Names are marked; see `emphasised` and `plain`.
 */
export function operationSentence(t: TFunction, row: OperationRow): string {
  const values = {
    actor: name(row.actor || t("history.someone")),
    subject: subjectOf(t, row),
    detail: name(row.detail),
    count: row.count,
    kind: row.record_kind ? t(`fields.kind.${row.record_kind}`) : "",
  };
  if (row.kind === null) return t("history.sentence.newer", values);
  if (row.kind !== "undo") return t(`history.sentence.${row.kind}`, values);
  if (isRedo(row)) return t("history.sentence.redo", values);
  const undone = row.undoes_kind && !isEvent(row.undoes_kind) ? row.undoes_kind : "undo";
  const what = t(`history.what.${undone}`, values);
  return t("history.sentence.undo", { ...values, what });
}

/** Steps after which nothing is left to bring back. */
export function isErasure(kind: OperationKind | null): boolean {
  return (ERASING_OPERATIONS as readonly (OperationKind | null)[]).includes(kind);
}

/**
 * The set-up, an erasure and what only a newer version knows can't be undone; what was undone already has to be brought
 * back by undoing that.
 */
export function canUndo(row: OperationRow): boolean {
  return (
    row.kind !== null && !row.undone && row.kind !== "institution.setup" && !isErasure(row.kind) && !isEvent(row.kind)
  );
}
