import type {
  Approval,
  CommandError,
  Created,
  Done,
  FieldConflict,
  FieldEdit,
  FieldProblem,
  FieldValue,
  Likeness,
  ReviewAction,
  ReviewPreview,
  Selection,
} from "../bindings.ts";
import { contactName, type FakeChange, type FakeDesk, fold } from "./desk.ts";
import { type FakeContact, ROLES, STAFF } from "./people.ts";
import { schema } from "./schema.ts";

function refuse(error: CommandError): never {
  throw error;
}

export function find(desk: FakeDesk, id: string): FakeContact {
  return desk.byId.get(id) ?? refuse({ code: "not_found", what: "contact" });
}

function problems(values: Record<string, FieldValue>, complete: boolean): FieldProblem[] {
  const fields = schema.find((entry) => entry.kind === "contact")?.fields ?? [];
  return fields.flatMap<FieldProblem>((field) => {
    const value = values[field.key];
    if (field.required && (complete || field.key in values) && !value)
      return [{ field: field.key, problem: { kind: "required" } }];
    if (!value || typeof value !== "string") return [];
    if (field.field_type.type === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
      return [{ field: field.key, problem: { kind: "not_an_email" } }];
    if (field.field_type.type === "url" && !/^https?:\/\/\S+\.\S+$/.test(value))
      return [{ field: field.key, problem: { kind: "not_a_url" } }];
    if (field.field_type.type === "text" && value.length > field.field_type.max)
      return [{ field: field.key, problem: { kind: "too_long", max: field.field_type.max } }];
    return [];
  });
}

export function createContact(desk: FakeDesk, values: Record<string, FieldValue>): Created {
  const wrong = problems(values, true);
  if (wrong.length > 0) refuse({ code: "validation", fields: wrong });
  const contact: FakeContact = {
    id: desk.newId(),
    values: {
      ...values,
      source: "admin",
      approval: "approved",
      visibility: values.visibility ?? "career_advisors",
      owner: STAFF.id,
      created_at: Date.now(),
    },
    user: null,
  };
  desk.contacts.push(contact);
  desk.byId.set(contact.id, contact);
  const changes = Object.entries(values).map<FakeChange>(([field, after]) => ({
    kind: "contact",
    record: contact.id,
    field,
    before: null,
    after,
  }));
  return { id: contact.id, operation: desk.record("contacts.create", changes, ["contacts"]) };
}

export function editContact(desk: FakeDesk, id: string, edits: FieldEdit[]): Done {
  const contact = find(desk, id);
  if (contact.values.approval === "rejected") refuse({ code: "frozen" });
  const conflicts = edits
    .filter((edit) => JSON.stringify(contact.values[edit.field] ?? null) !== JSON.stringify(edit.before))
    .map<FieldConflict>((edit) => ({
      field: edit.field,
      base: edit.before,
      mine: edit.after,
      theirs: contact.values[edit.field] ?? null,
      by: "Priya Raman",
      at: Date.now() - 120_000,
    }));
  if (conflicts.length > 0) refuse({ code: "conflict", fields: conflicts });
  const wrong = problems(Object.fromEntries(edits.map((edit) => [edit.field, edit.after])), false);
  if (wrong.length > 0) refuse({ code: "validation", fields: wrong });
  const changes = edits.map<FakeChange>((edit) => ({
    kind: "contact",
    record: id,
    field: edit.field,
    before: edit.before,
    after: edit.after,
  }));
  for (const edit of edits) contact.values[edit.field] = edit.after;
  return { operation: desk.record("contacts.edit", changes, ["contacts", "queue"]), changed: 1, skipped: 0, users: 0 };
}

export function chosen(desk: FakeDesk, selection: Selection): FakeContact[] {
  if (selection.by === "ids") return selection.ids.map((id) => find(desk, id));
  const except = new Set(selection.except);
  const result = desk.results.get(selection.result) ?? refuse({ code: "not_found", what: "result" });
  return result.ids.filter((id) => !except.has(id)).map((id) => find(desk, id));
}

function target(action: ReviewAction): string {
  return action.action === "approve" || action.action === "approve_and_assign" ? "approved" : "rejected";
}

function userChanges(contact: FakeContact, action: ReviewAction): boolean {
  if (!contact.user) return false;
  if (action.action === "reject_and_revoke") return contact.user.access;
  return action.action === "approve_and_assign";
}

export function previewReview(desk: FakeDesk, selection: Selection, action: ReviewAction): ReviewPreview {
  const contacts = chosen(desk, selection);
  const moving = contacts.filter((contact) => contact.values.approval !== target(action));
  const users = contacts.filter((contact) => userChanges(contact, action)).length;
  const withAccess = contacts.filter((contact) => contact.user?.access).length;
  return {
    contacts: moving.length,
    skipped: contacts.length - moving.length,
    users,
    can_still_log_in: action.action === "reject_and_revoke" ? 0 : withAccess,
  };
}

export async function review(
  desk: FakeDesk,
  selection: Selection,
  action: ReviewAction,
  progress: (done: number, total: number) => void,
): Promise<Done> {
  const contacts = chosen(desk, selection);
  const next = target(action);
  const changes: FakeChange[] = [];
  let changed = 0;
  let users = 0;
  for (const [n, contact] of contacts.entries()) {
    if (n % 1000 === 999) {
      progress(n + 1, contacts.length);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    if (userChanges(contact, action) && contact.user) {
      users++;
      if (action.action === "reject_and_revoke") contact.user = { ...contact.user, access: false };
      if (action.action === "approve_and_assign")
        contact.user = { ...contact.user, role: ROLES.find((role) => role.id === action.role)?.name ?? "" };
    }
    if (contact.values.approval === next) continue;
    changes.push({
      kind: "contact",
      record: contact.id,
      field: "approval",
      before: contact.values.approval ?? null,
      after: next,
    });
    contact.values.approval = next;
    changed++;
  }
  progress(contacts.length, contacts.length);
  const operation =
    changes.length > 0 || users > 0
      ? desk.record(`contacts.${action.action}`, changes, ["contacts", "queue", "employer_users"])
      : null;
  return { operation, changed, skipped: contacts.length - changed, users };
}

export function likenesses(desk: FakeDesk, id: string): Likeness[] {
  const me = find(desk, id);
  const found: Likeness[] = [];
  for (const other of desk.contacts.slice(0, 20_000)) {
    if (other.id === id || other.values.approval !== "approved") continue;
    const reasons: Likeness["reasons"] = [];
    const same = (column: string, field: string, value: unknown, weight: number) => {
      if (typeof value !== "string" || value === "") return;
      reasons.push({ column, agreement: "same", fields: [field, field], values: [value, value], weight });
    };
    if (other.values.email === me.values.email) same("email", "email", me.values.email, 12);
    if (fold(contactName(other)) === fold(contactName(me))) same("family_name", "last_name", me.values.last_name, 9);
    if (other.values.work_phone === me.values.work_phone) same("phone", "work_phone", me.values.work_phone, 8);
    if (reasons.length === 0) continue;
    found.push({
      person: {
        id: other.id,
        name: contactName(other),
        email: String(other.values.email),
        employer: other.values.employer ? desk.name("employer", String(other.values.employer)) : null,
        title: (other.values.title as string) ?? null,
        approval: other.values.approval as Approval,
        created_at: null,
      },
      score: 0.9,
      reasons,
    });
    if (found.length === 3) break;
  }
  return found;
}

function undoNote(desk: FakeDesk, kind: string | null, change: FakeChange) {
  const note = desk.notes.get(change.record);
  const removed = desk.removedNotes.get(change.record);
  if (kind === "notes.create") desk.notes.delete(change.record);
  else if (kind === "notes.edit" && note) desk.notes.set(note.id, { ...note, text: String(change.before) });
  else if (kind === "notes.delete" && removed) desk.notes.set(removed.id, removed);
}

export function undo(desk: FakeDesk, id: string): Done {
  const operation =
    desk.operations.find((entry) => entry.id === id) ?? refuse({ code: "not_found", what: "operation" });
  for (const change of operation.changes) {
    if (change.kind === "contact" && change.field) find(desk, change.record).values[change.field] = change.before;
    if (change.kind === "note") undoNote(desk, operation.kind, change);
    if (operation.kind === "contacts.create") {
      desk.byId.delete(change.record);
      const at = desk.contacts.findIndex((contact) => contact.id === change.record);
      if (at >= 0) desk.contacts.splice(at, 1);
    }
  }
  operation.undone = true;
  const changes = operation.changes.map((change) => ({ ...change, before: change.after, after: change.before }));
  return {
    operation: desk.record("undo", changes, ["contacts", "queue", "notes", "employer_users"], { undoes: id }),
    changed: operation.count,
    skipped: 0,
    users: 0,
  };
}
