import type { EmployerProfile, FieldConflict, FieldEdit, FieldValue } from "../bindings.ts";
import { countsOf } from "./activities.ts";
import type { FakeChange, FakeDesk } from "./desk.ts";
import { schema } from "./schema.ts";

function people(desk: FakeDesk, id: string) {
  return desk.contacts.filter((contact) => contact.values.employer === id);
}

function check(values: Record<string, FieldValue>) {
  const fields = schema.find((entry) => entry.kind === "employer")?.fields ?? [];
  const wrong = fields.flatMap(({ key, required, field_type }) => {
    if (!(key in values)) return [];
    const value = values[key];
    if (required && !value) return [{ field: key, problem: { kind: "required" } }];
    if (field_type.type === "email" && typeof value === "string" && !/^\S+@\S+\.\S+$/.test(value))
      return [{ field: key, problem: { kind: "not_an_email" } }];
    if (field_type.type === "url" && typeof value === "string" && !/^https?:\/\/\S+\.\S+$/.test(value))
      return [{ field: key, problem: { kind: "not_a_url" } }];
    return [];
  });
  if (wrong.length > 0) throw { code: "validation", fields: wrong };
}

/** Commands about employers. */
export const employerHandlers = {
  employer_get: ({ id }: { id: string }, desk: FakeDesk): EmployerProfile => {
    const employer = desk.employers.get(id);
    if (!employer) throw { code: "not_found", what: "employer" };
    const here = people(desk, id);
    const listed = here.filter((contact) => contact.values.approval === "approved");
    const primary = employer.values.primary_contact;
    return {
      id,
      name: String(employer.values.name),
      values: { ...employer.values },
      primary_contact: typeof primary === "string" ? desk.name("contact", primary) : null,
      contacts: listed.length,
      former: 0,
      auto_synced: here.filter((contact) => contact.values.auto_sync === true).length,
      auto_sync_frozen: 0,
      users: here.filter((contact) => contact.user).length,
      counts: countsOf({}),
      deleted: false,
      changes: desk.audit("employer", id).length,
    };
  },
  employer_create: ({ values }: { values: Record<string, FieldValue> }, desk: FakeDesk) => {
    check({ name: null, ...values });
    const id = desk.newId();
    desk.employers.set(id, { id, values: { ...values, created_at: Date.now() } });
    const changes = Object.entries(values).map<FakeChange>(([field, after]) => ({
      kind: "employer",
      record: id,
      field,
      before: null,
      after,
    }));
    return { id, operation: desk.record("employers.create", changes, ["employers"]) };
  },
  employer_edit: ({ id, edits }: { id: string; edits: FieldEdit[] }, desk: FakeDesk) => {
    const employer = desk.employers.get(id);
    if (!employer) throw { code: "not_found", what: "employer" };
    check(Object.fromEntries(edits.map((edit) => [edit.field, edit.after])));
    const conflicts = edits
      .filter((edit) => JSON.stringify(employer.values[edit.field] ?? null) !== JSON.stringify(edit.before))
      .map<FieldConflict>((edit) => ({
        field: edit.field,
        base: edit.before,
        mine: edit.after,
        theirs: employer.values[edit.field] ?? null,
        by: "Priya Raman",
        at: Date.now() - 120_000,
      }));
    if (conflicts.length > 0) throw { code: "conflict", fields: conflicts };
    for (const edit of edits) employer.values[edit.field] = edit.after;
    const changes = edits.map<FakeChange>((edit) => ({ kind: "employer", record: id, ...edit }));
    const operation = desk.record("employers.edit", changes, ["employers", "contacts"]);
    return { operation, changed: 1, skipped: 0, users: 0 };
  },
};
