import type {
  ChangePage,
  HistoryPage,
  HistoryQuery,
  OperationKind,
  OperationRow,
  RecordChange,
  UndoPreview,
} from "../bindings.ts";
import type { FakeChange, FakeDesk, FakeOperation } from "./desk.ts";
import { fakeId, STAFF } from "./people.ts";

const DAY = 86_400_000;
const PEOPLE = [STAFF.name, "Dana Reyes", "Priya Raman"];
const KINDS: OperationKind[] = [
  "contacts.edit",
  "contacts.approve",
  "notes.create",
  "contacts.create",
  "contacts.reject",
  "employers.edit",
  "contacts.import",
  "contacts.approve_and_assign",
  "contacts.reject_and_revoke",
  "notes.delete",
  "employers.create",
  "notes.edit",
];

// Read once: the address changes as one moves about.
const address = new URLSearchParams(window.location.search);
const seeded = new WeakSet<FakeDesk>();

/** Invents what was done before today, once per desk, unless the address says `history=none`. */
function seed(desk: FakeDesk) {
  if (seeded.has(desk)) return;
  seeded.add(desk);
  if (address.get("history") === "none") return;
  const now = Date.now();
  const past: FakeOperation[] = [];
  for (let n = 0; n < 340; n++) past.push(operation(desk, n, now - 40 * 60_000 - n * n * 21_000 - n * 3_600_000));
  past.push({
    ...operation(desk, 1, now - 400 * DAY),
    id: fakeId(7, 9999),
    kind: "institution.setup",
    detail: "",
    subject: null,
    subject_id: null,
    subject_kind: null,
    count: 4,
    changes: [],
  });
  desk.operations.push(...past);
}

function operation(desk: FakeDesk, n: number, at: number): FakeOperation {
  const kind = KINDS[(n * 7) % KINDS.length] as OperationKind;
  const isBulk = /approve|reject|import/.test(kind);
  const size = isBulk ? (kind === "contacts.import" ? 240 : 1 + ((n * 13) % 90)) : 1;
  const employers = [...desk.employers.values()];
  const changes: FakeChange[] = [];
  for (let k = 0; k < Math.min(size, Math.max(desk.contacts.length, 1)); k++) {
    if (kind.startsWith("employers")) {
      const employer = employers[(n * 3) % employers.length];
      if (employer)
        changes.push({ kind: "employer", record: employer.id, field: "industry", before: "Foods", after: "Health" });
      continue;
    }
    const contact = desk.contacts[(n * 31 + k) % Math.max(desk.contacts.length, 1)];
    if (!contact) continue;
    const change = (field: string, before: FakeChange["before"], after: FakeChange["after"]) =>
      changes.push({ kind: "contact", record: contact.id, field, before, after });
    if (kind === "contacts.edit") {
      change("title", "Recruiter", contact.values.title ?? null);
      change("city", null, contact.values.city ?? null);
    } else if (kind === "contacts.create" || kind === "contacts.import") {
      for (const field of ["first_name", "last_name", "email", "employer"])
        change(field, null, contact.values[field] ?? null);
    } else if (kind.startsWith("notes")) change("description", null, "Called about the fair.");
    else change("approval", "pending", kind.includes("reject") ? "rejected" : "approved");
  }
  const records = new Set(changes.map((each) => each.record)).size;
  const only = records === 1 ? changes[0] : undefined;
  return {
    id: fakeId(7, n),
    kind,
    at,
    actor: PEOPLE[n % 3] as string,
    device: n % 4 === 0 ? "advising-laptop" : "front-desk",
    count: records,
    detail: kind === "contacts.import" ? "spring-fair-contacts.csv" : kind.endsWith("assign") ? "Recruiter" : "",
    subject: only ? desk.name(only.kind, only.record) : null,
    subject_id: only?.record ?? null,
    subject_kind: only?.kind ?? null,
    record_kind: only?.kind ?? null,
    undone: n === 5 || n === 9,
    undoes: null,
    undoes_kind: null,
    changes,
  };
}

function find(desk: FakeDesk, id: string): FakeOperation {
  seed(desk);
  const found = desk.operations.find((each) => each.id === id);
  if (!found) throw { code: "not_found", what: "operation" };
  return found;
}

function row({ changes: _changes, ...rest }: FakeOperation, desk: FakeDesk): OperationRow {
  const undone = rest.undoes ? desk.operations.find((each) => each.id === rest.undoes) : undefined;
  return { ...rest, undoes_kind: undone?.kind ?? null };
}

/** The history and what stands in the way of taking something back. */
export const historyHandlers = {
  history_list: ({ query }: { query: HistoryQuery }, desk: FakeDesk): HistoryPage => {
    seed(desk);
    const matching = desk.operations.filter(
      (each) =>
        (query.kind === null || each.kind === query.kind) &&
        !(query.changes_only && each.kind?.startsWith("security.")) &&
        (query.actor === null || each.actor === STAFF.name) &&
        (query.since === null || each.at >= query.since) &&
        (query.until === null || each.at < query.until),
    );
    const start = query.before === null ? 0 : matching.findIndex((each) => each.id === query.before) + 1;
    return {
      rows: matching.slice(start, start + query.limit).map((each) => row(each, desk)),
      total: matching.length,
    };
  },
  history_changes: (
    { operation: id, offset, limit }: { operation: string; offset: number; limit: number },
    desk: FakeDesk,
  ): ChangePage => {
    const { changes, kind } = find(desk, id);
    const records = [...new Set(changes.map((change) => change.record))];
    return {
      total: records.length,
      newer: 0,
      changes: records.slice(offset, offset + limit).map<RecordChange>((record) => {
        const own = changes.filter((change) => change.record === record);
        const recordKind = own[0]?.kind ?? "contact";
        return {
          record,
          kind: recordKind,
          name: desk.name(recordKind, record) ?? "",
          created: /\.(create|import)$/.test(kind ?? ""),
          erased: false,
          fields: own.flatMap((change) =>
            change.field === null
              ? []
              : [
                  {
                    field: change.field,
                    before: desk.cell(recordKind, change.field, change.before),
                    after: desk.cell(recordKind, change.field, change.after),
                  },
                ],
          ),
        };
      }),
    };
  },
  undo_preview: ({ operation: id }: { operation: string }, desk: FakeDesk): UndoPreview => {
    const found = find(desk, id);
    const cell = (value: string) => ({ value, text: null });
    const conflicts: UndoPreview["conflicts"] =
      found.count > 5
        ? found.changes.slice(0, 4).map((change, n) => ({
            record: change.record,
            kind: change.kind,
            name: desk.name(change.kind, change.record) ?? "",
            field: n === 3 ? null : n === 0 ? "title" : "approval",
            was: n === 0 ? cell("Campus recruiter") : cell("approved"),
            now: n === 0 ? cell("Head of early careers") : cell("rejected"),
            by: "Priya Raman",
            at: Date.now() - (n + 1) * 5_000_000,
            reason: n === 3 ? "in_use" : n === 2 ? "frozen" : "changed_since",
          }))
        : [];
    return {
      operation: row(found, desk),
      records: found.count,
      can_undo: found.count - Math.min(conflicts.length, found.count),
      conflicts,
      conflicts_total: conflicts.length,
    };
  },
};
