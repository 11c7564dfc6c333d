import type { OperationKind } from "~/ipc";

/** What can be chosen in the filter of kinds, in its order: each kind of step in one group. */
export const KIND_GROUPS = {
  review: ["contacts.approve", "contacts.approve_and_assign", "contacts.reject", "contacts.reject_and_revoke"],
  imports: ["contacts.import", "records.import"],
  added: ["contacts.create", "employers.create", "notes.create", "records.create", "sample.create"],
  edited: [
    "contacts.edit",
    "employers.edit",
    "employers.primary",
    "notes.edit",
    "records.edit",
    "contacts.auto_sync",
    "labels.rename",
  ],
  bulk: ["contacts.update", "employers.update", "students.update"],
  merges: ["contacts.merge", "contacts.approve_into", "contacts.keep_apart", "employers.merge"],
  employment: ["contacts.archive", "contacts.revive", "contacts.person_left", "contacts.job_move"],
  trash: [
    "contacts.delete",
    "contacts.restore",
    "employers.delete",
    "employers.restore",
    "notes.delete",
    "records.delete",
    "records.restore",
    "roles.delete",
  ],
  erased: ["contacts.erase", "records.erase", "users.erase"],
  users: [
    "users.access",
    "users.role",
    "students.deactivate",
    "students.reactivate",
    "students.assign",
    "staff.access",
    "portal.sign_up",
    "portal.activate",
    "portal.account",
    "portal.report",
    "portal.task",
    "portal.unsubscribe",
    "portal.seen",
    "portal.address",
  ],
  mail: ["invitations.send", "mail.send", "mail.bounced"],
  undo: ["undo"],
  copies: ["data.export", "data.print", "audit.export"],
  settings: ["institution.setup", "institution.edit"],
  security: [
    "security.open",
    "security.failed",
    "security.lock",
    "security.passcode",
    "security.recovery_key",
    "security.recover",
    "backup.create",
    "backup.restore",
    "clock.accept",
    "audit.accept",
  ],
} as const satisfies { [group: string]: readonly OperationKind[] };

export type KindGroup = keyof typeof KIND_GROUPS;

export const GROUPS = Object.keys(KIND_GROUPS) as KindGroup[];
