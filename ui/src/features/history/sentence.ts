import type { TFunction } from "i18next";
import { ERASING_OPERATIONS, EVENT_OPERATIONS, type OperationKind, type OperationRow, type RecordKind } from "~/ipc";
import { countOf, listed } from "~/kit/i18n/words.ts";
import { name } from "./emphasis.tsx";

/** A step that changed no record: there is nothing to undo. */
type Event = (typeof EVENT_OPERATIONS)[number];

export function isEvent(kind: OperationKind | null): kind is Event {
  return (EVENT_OPERATIONS as readonly (OperationKind | null)[]).includes(kind);
}

/** What happened in the step, or in the one it undoes. */
function actOf(row: OperationRow): OperationKind | null {
  return row.kind === "undo" ? row.undoes_kind : row.kind;
}

/** The kind to speak of where no name is known. What a note or an invitation is about is a person, not itself. */
function unnamedKind(row: OperationRow) {
  switch (actOf(row)?.split(".")[0]) {
    case "notes":
      return "contact";
    case "invitations":
      return "person";
    case "security":
      return "staff";
    default:
      return row.record_kind ?? "record";
  }
}

/** The name alone: "Ana Silva". Without one, "a contact". */
function subjectOf(t: TFunction, row: OperationRow): string {
  return row.subject ? name(row.subject) : t(`history.unnamed.${unnamedKind(row)}`);
}

/** The name with what it is the name of: "the task “Call Ana”". Without one, "a task". */
function thingOf(t: TFunction, row: OperationRow): string {
  const kind = row.subject_kind ?? row.record_kind;
  return row.subject && kind ? t(`history.named.${kind}`, { name: name(row.subject) }) : subjectOf(t, row);
}

/** What an act is about by its own name, where the step does not say. */
function ownKind(row: OperationRow): RecordKind | null {
  switch (actOf(row)?.split(".")[0]) {
    case "contacts":
      return "contact";
    case "employers":
      return "employer";
    default:
      return null;
  }
}

/** "3 tasks"; "Ana Silva and Bo Chen" where the step names them. */
function manyOf(t: TFunction, row: OperationRow): string {
  if (row.names.length > 0) return listed(row.names.map(name));
  const kind = row.record_kind ?? ownKind(row);
  return kind ? countOf(kind, row.count) : t("history.many", { count: row.count });
}

/** The subject of an email that was sent; empty where it is not to be known. */
function messageOf({ subject, record_kind, detail }: OperationRow): string {
  return record_kind === "email" && subject ? subject : detail;
}

/** The sentence of a merge that says into whom, where both are known. */
function mergeOf(kind: OperationKind, { names, into }: OperationRow) {
  if (into === null || names.length === 0) return null;
  if (kind === "contacts.merge") return "contacts.mergeInto";
  if (kind === "contacts.approve_into") return "contacts.approveInto";
  return kind === "employers.merge" ? "employers.mergeInto" : null;
}

/** Which sentence fits: what changed along with the records meant may be all that the step says it is about. */
function variant(kind: OperationKind, row: OperationRow) {
  const merge = mergeOf(kind, row);
  if (merge) return merge;
  const { record_kind, count } = row;
  if (kind === "records.create" && record_kind === "contact") return "records.createWith";
  if (kind === "records.edit" && record_kind === "contact") return "records.editWith";
  if (kind === "records.delete" && record_kind === "student" && count > 1) return "records.deleteMembers";
  return null;
}

/** The key of a step's sentence. */
function sentenceOf(kind: Exclude<OperationKind, "undo">, row: OperationRow) {
  const ofUsers = row.record_kind === "employer_user";
  switch (kind) {
    case "contacts.approve_and_assign":
      return ofUsers ? "users.role" : kind;
    case "contacts.reject_and_revoke":
      return ofUsers ? "users.accessOff" : kind;
    case "users.access":
      return row.detail === "on" ? "users.accessOn" : row.detail === "off" ? "users.accessOff" : kind;
    case "labels.rename":
      return row.detail.includes(" → ") ? kind : "labels.remove";
    case "invitations.send":
      return row.detail === "reminder" ? "invitations.remind" : kind;
    case "mail.send":
      return row.count === 1 && messageOf(row) === "" ? "mail.sendUntitled" : kind;
    default:
      return variant(kind, row) ?? kind;
  }
}

/** Whether the step does again what an earlier undo had undone. */
export function isRedo(row: OperationRow): boolean {
  return row.kind === "undo" && row.undoes_kind === "undo";
}

/** Whether the step undid another: to undo it is to redo that one. */
export function isUndo(row: OperationRow): boolean {
  return row.kind === "undo" && !isRedo(row);
}

/**
 * A step in words: "Dana Reyes approved 80 contacts". Names are marked; see `emphasised` and `plain`.
 */
export function operationSentence(t: TFunction, row: OperationRow): string {
  const values = {
    actor: name(row.actor || t("history.someone")),
    subject: subjectOf(t, row),
    thing: thingOf(t, row),
    many: manyOf(t, row),
    message: name(messageOf(row)),
    detail: name(row.detail),
    into: name(row.into ?? ""),
    count: row.kind === "security.failed" ? Number(row.detail) : row.count,
  };
  if (row.kind === null) return t("history.sentence.newer", values);
  if (row.kind !== "undo") return t(`history.sentence.${sentenceOf(row.kind, row)}`, values);
  if (isRedo(row)) return t("history.sentence.redo", values);
  const undone = row.undoes_kind && !isEvent(row.undoes_kind) ? row.undoes_kind : "undo";
  const what = t(`history.what.${variant(undone, row) ?? undone}`, values);
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
    row.kind !== null &&
    !row.undone &&
    !row.refused &&
    row.kind !== "institution.setup" &&
    !isErasure(row.kind) &&
    !isEvent(row.kind)
  );
}

/** "3:02 PM · on the computer “front-desk”"; the time alone where the computer is not known. */
export function whenAndWhere(t: TFunction, time: string, device: string): string {
  return device === "" ? time : t("history.meta", { time, device });
}
