import type { TFunction } from "i18next";
import type { OperationKind, OperationRow } from "~/ipc";
import { name } from "./emphasis.tsx";

/** Every kind of step, in the order of the filter's list. */
export const KINDS = Object.keys({
  "contacts.create": true,
  "contacts.edit": true,
  "contacts.approve": true,
  "contacts.approve_and_assign": true,
  "contacts.reject": true,
  "contacts.reject_and_revoke": true,
  "contacts.import": true,
  "employers.create": true,
  "employers.edit": true,
  "notes.create": true,
  "notes.edit": true,
  "notes.delete": true,
  undo: true,
  "records.create": true,
  "records.edit": true,
  "records.delete": true,
  "records.restore": true,
  "records.erase": true,
  "records.import": true,
  "contacts.delete": true,
  "contacts.restore": true,
  "contacts.erase": true,
  "contacts.merge": true,
  "contacts.approve_into": true,
  "contacts.keep_apart": true,
  "contacts.update": true,
  "contacts.archive": true,
  "contacts.revive": true,
  "contacts.person_left": true,
  "contacts.job_move": true,
  "contacts.auto_sync": true,
  "employers.primary": true,
  "employers.merge": true,
  "employers.update": true,
  "employers.delete": true,
  "employers.restore": true,
  "labels.rename": true,
  "users.access": true,
  "students.deactivate": true,
  "students.reactivate": true,
  "students.assign": true,
  "students.update": true,
  "users.role": true,
  "users.erase": true,
  "roles.delete": true,
  "invitations.send": true,
  "mail.send": true,
  "institution.edit": true,
  "staff.access": true,
  "security.open": true,
  "security.failed": true,
  "security.lock": true,
  "security.passcode": true,
  "security.recovery_key": true,
  "security.recover": true,
  "data.export": true,
  "data.print": true,
  "backup.create": true,
  "backup.restore": true,
  "clock.accept": true,
  "audit.export": true,
  "audit.accept": true,
  "sample.create": true,
  "institution.setup": true,
} satisfies Record<OperationKind, true>) as OperationKind[];

/** Steps that changed no record: there is nothing to undo. */
const EVENTS = [
  "security.open",
  "security.failed",
  "security.lock",
  "security.passcode",
  "security.recovery_key",
  "security.recover",
  "data.export",
  "data.print",
  "backup.create",
  "backup.restore",
  "clock.accept",
  "audit.export",
  "audit.accept",
] as const satisfies OperationKind[];

type Event = (typeof EVENTS)[number];

function isEvent(kind: OperationKind | null): kind is Event {
  return (EVENTS as readonly (OperationKind | null)[]).includes(kind);
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
  return kind?.endsWith(".erase") ?? false;
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
