import type {
  Approval,
  BlockedRecord,
  Cell,
  DeletePreview,
  Done,
  MergeField,
  MergePreview,
  Selection,
} from "../bindings.ts";
import { chosen, find } from "./changes.ts";
import { contactName, type FakeChange, type FakeDesk } from "./desk.ts";
import type { FakeContact } from "./people.ts";
import { schema } from "./schema.ts";

type Merging = { survivor: string; others: string[]; choices: { [field: string]: string } };

/** What the survivor has by itself, else what one of the others has; a choice overrides both. */
function source(field: string, records: FakeContact[], choices: Merging["choices"]): FakeContact | undefined {
  const wanted = choices[field];
  return (
    records.find(({ id }) => id === wanted) ??
    records.find(({ values }) => (values[field] ?? null) !== null) ??
    records[0]
  );
}

function preview(desk: FakeDesk, { survivor, others, choices }: Merging): MergePreview {
  const records = [survivor, ...others].map((id) => find(desk, id));
  const cell = (field: string, contact: FakeContact): Cell => {
    const value = contact.values[field] ?? null;
    return { value, text: field === "employer" ? (desk.name("employer", String(value)) ?? null) : null };
  };
  const editable = (schema.find(({ kind }) => kind === "contact")?.fields ?? []).filter((field) => field.editable);
  const fields = editable.flatMap<MergeField>(({ key }) => {
    const values = records.map((contact) => cell(key, contact));
    const from = source(key, records, choices);
    if (!from || values.every(({ value }) => value === null)) return [];
    const differs = new Set(values.map(({ value }) => JSON.stringify(value))).size > 1;
    return [{ field: key, values, result: cell(key, from), from: from.id, differs, choosable: true }];
  });
  return {
    operation: "contacts.merge",
    records: records.map((contact) => ({
      id: contact.id,
      name: contactName(contact),
      created_at: Number(contact.values.created_at),
      approval: contact.values.approval as Approval,
    })),
    fields,
    moves: [{ kind: "note", field: "contact", count: 2 }],
    users: 0,
  };
}

function merge(desk: FakeDesk, merging: Merging): Done {
  const records = [merging.survivor, ...merging.others].map((id) => find(desk, id));
  const [survivor] = records as [FakeContact];
  const changes: FakeChange[] = [];
  for (const { field, from } of preview(desk, merging).fields) {
    const after = records.find(({ id }) => id === from)?.values[field] ?? null;
    const before = survivor.values[field] ?? null;
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    changes.push({ kind: "contact", record: survivor.id, field, before, after });
    survivor.values[field] = after;
  }
  for (const other of merging.others)
    desk.contacts.splice(
      desk.contacts.findIndex(({ id }) => id === other),
      1,
    );
  for (const other of merging.others)
    changes.push({ kind: "contact", record: other, field: null, before: null, after: survivor.id });
  const operation = desk.record("contacts.merge", changes, ["contacts"]);
  return { operation, changed: records.length, skipped: 0, users: 0 };
}

/** In memory everybody has a job listing, so that nobody can be deleted. */
function deletePreview(desk: FakeDesk, selection: Selection): DeletePreview {
  const blocked = chosen(desk, selection);
  const blocked_records = blocked.slice(0, 100).map<BlockedRecord>((contact) => ({
    id: contact.id,
    name: contactName(contact),
    blockers: [
      { kind: "job_listing", field: "contact", count: 1, records: [{ id: desk.newId(), name: "Lab technician" }] },
    ],
  }));
  return {
    records: 0,
    along: [],
    blocked: blocked.length,
    blocked_ids: blocked.map(({ id }) => id),
    blocked_records,
    can_still_log_in: 0,
    rest_days: 30,
  };
}

export const mergeHandlers = {
  merge_preview: (merging: Merging, desk: FakeDesk) => preview(desk, merging),
  contacts_merge: (merging: Merging, desk: FakeDesk) => merge(desk, merging),
  delete_preview: ({ selection }: { selection: Selection }, desk: FakeDesk) => deletePreview(desk, selection),
};
