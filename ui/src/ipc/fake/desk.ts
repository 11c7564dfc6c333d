import type {
  AuditEntry,
  CacheTag,
  Cell,
  Condition,
  FieldValue,
  ListQuery,
  Note,
  OperationKind,
  OperationRow,
  RecordKind,
  Row,
} from "../bindings.ts";
import { splitPeriod } from "../period.ts";
import {
  EMPLOYERS,
  type FakeContact,
  type FakeEmployer,
  fakeContact,
  fakeEmployer,
  fakeId,
  ROLES,
  STAFF,
} from "./people.ts";
import { schema } from "./schema.ts";

export type FakeOptions = { contacts: number; pending: number; latency: number; phase: "ready" | "setup" | "locked" };

type StoredNote = Note & { contact: string };
/** One change of one record, as the journal keeps it. `field` null is the record itself. */
export type FakeChange = {
  kind: RecordKind;
  record: string;
  field: string | null;
  before: FieldValue;
  after: FieldValue;
};
export type FakeOperation = OperationRow & { changes: FakeChange[] };

const TEXT_FIELDS = ["first_name", "last_name", "preferred_name", "email", "title", "city"];

/** The state of a desk that lives in memory: for component tests and for looking at screens in a plain browser. */
const DAYS = { days: 1, months: 30.44, years: 365.25 };

function ago(period: string): number {
  const { amount, unit } = splitPeriod(period);
  return Date.now() - amount * DAYS[unit] * 86_400_000;
}

export class FakeDesk {
  readonly contacts: FakeContact[] = [];
  readonly byId = new Map<string, FakeContact>();
  readonly employers = new Map<string, FakeEmployer>();
  readonly notes = new Map<string, StoredNote>();
  /** Deleted notes, for undo. */
  readonly removedNotes = new Map<string, StoredNote>();
  readonly operations: FakeOperation[] = [];
  readonly results = new Map<number, { kind: RecordKind; ids: string[] }>();
  /** How often the page told that somebody is there. */
  presence = 0;
  /** Lists of employer users; whoever answers the commands about them says what they hold. */
  users: { ids: () => string[]; row: (id: string) => { name: string; values: Record<string, FieldValue> } } = {
    ids: () => [],
    row: () => ({ name: "", values: {} }),
  };
  private nextResult = 1;
  private nextId = 1;

  constructor(
    readonly options: FakeOptions,
    private readonly announce: (tags: CacheTag[]) => void,
  ) {
    const now = Date.now();
    for (let n = 0; n < EMPLOYERS; n++) {
      const employer = fakeEmployer(n);
      this.employers.set(employer.id, employer);
    }
    for (let n = 0; n < options.contacts; n++) {
      const contact = this.isHuge ? lazily(n, options.pending, now) : fakeContact(n, options.pending, now);
      this.contacts.push(contact);
      this.byId.set(contact.id, contact);
    }
    const first = this.contacts[0];
    if (first) {
      const id = this.newId();
      this.notes.set(id, {
        id,
        contact: first.id,
        text: "Called about the spring fair. Will confirm a booth by Friday.",
        author: STAFF.name,
        created_at: now - 3 * 86_400_000,
        edited: false,
      });
    }
  }

  newId(): string {
    return fakeId(9, this.nextId++);
  }

  name(kind: RecordKind, id: string): string | null {
    if (kind === "employer") return (this.employers.get(id)?.values.name as string) ?? null;
    if (kind === "staff") return id === STAFF.id ? STAFF.name : null;
    if (kind === "role") return ROLES.find((role) => role.id === id)?.name ?? null;
    const contact = this.byId.get(id);
    return contact ? contactName(contact) : null;
  }

  cell(kind: RecordKind, field: string, value: FieldValue): Cell {
    const type = schema.find((entry) => entry.kind === kind)?.fields.find((entry) => entry.key === field)?.field_type;
    const text = type?.type === "reference" && typeof value === "string" ? this.name(type.kind, value) : null;
    return { value, text };
  }

  value(contact: FakeContact, field: string): FieldValue {
    if (field === "access") return contact.user ? (contact.user.access ? "on" : "off") : "none";
    return contact.values[field] ?? null;
  }

  row(kind: RecordKind, id: string, columns: string[]): Row {
    if (kind === "contact") {
      const contact = this.byId.get(id) as FakeContact;
      const cells = columns.map((field) =>
        field === "access"
          ? { value: this.value(contact, field), text: contact.user?.role ?? null }
          : this.cell(kind, field, this.value(contact, field)),
      );
      return { id, name: contactName(contact), cells };
    }
    if (kind === "employer_user") {
      const { name, values } = this.users.row(id);
      return { id, name, cells: columns.map((field) => this.cell(kind, field, values[field] ?? null)) };
    }
    const values = this.employers.get(id)?.values ?? {};
    return {
      id,
      name: this.name(kind, id) ?? "",
      cells: columns.map((field) => this.cell(kind, field, values[field] ?? null)),
    };
  }

  open(query: ListQuery): { result: number; total: number } {
    let ids: string[];
    if (query.kind === "employer") ids = this.openEmployers(query);
    else if (query.kind === "staff") ids = [STAFF.id];
    else if (query.kind === "employer_user") ids = this.users.ids();
    else ids = this.openContacts(query);
    const result = this.nextResult++;
    this.results.set(result, { kind: query.kind, ids });
    return { result, total: ids.length };
  }

  private openEmployers(query: ListQuery): string[] {
    const words = fold(query.search).split(/\s+/).filter(Boolean);
    return [...this.employers.values()]
      .filter((employer) => words.every((word) => fold(String(employer.values.name)).includes(word)))
      .sort((a, b) => String(a.values.name).localeCompare(String(b.values.name)))
      .map((employer) => employer.id);
  }

  /** Too many to look into each: for scrolling only. Lists come in the order of their numbers. */
  get isHuge(): boolean {
    return this.options.contacts > 300_000;
  }

  private openContacts(query: ListQuery): string[] {
    if (this.isHuge && query.search === "" && query.filter.length === 0) return this.contacts.map(({ id }) => id);
    const filter = query.filter.some((condition) => condition.field === "approval")
      ? query.filter
      : [...query.filter, { field: "approval", op: "is", values: ["approved"] } satisfies Condition];
    const words = fold(query.search).split(/\s+/).filter(Boolean);
    const found = this.contacts.filter(
      (contact) =>
        filter.every((condition) => this.matches(contact, condition)) &&
        (words.length === 0 || this.found(contact, words)),
    );
    const sort = query.sort.length > 0 ? query.sort : [{ field: "name", descending: false }];
    // Sort keys are computed once: a comparison that builds strings takes seconds at 100,000 rows.
    const keyed = found.map((contact) => ({
      id: contact.id,
      keys: sort.map(({ field }) => this.sortKey(contact, field)),
    }));
    keyed.sort((a, b) => {
      for (let n = 0; n < sort.length; n++) {
        const x = a.keys[n] as string | number;
        const y = b.keys[n] as string | number;
        if (x !== y) return (x < y ? -1 : 1) * (sort[n]?.descending ? -1 : 1);
      }
      return 0;
    });
    return keyed.map((entry) => entry.id);
  }

  private sortKey(contact: FakeContact, field: string): string | number {
    if (field === "name") return fold(`${contact.values.last_name} ${contact.values.first_name}`);
    const value = this.value(contact, field);
    if (typeof value === "number") return value;
    return fold(this.cell("contact", field, value).text ?? String(value ?? "￿"));
  }

  private found(contact: FakeContact, words: string[]): boolean {
    const employer = contact.values.employer ? this.name("employer", String(contact.values.employer)) : "";
    const tokens = fold(`${TEXT_FIELDS.map((field) => contact.values[field] ?? "").join(" ")} ${employer}`).split(
      /[\s@.]+/,
    );
    return words.every((word) => tokens.some((token) => token.startsWith(word)));
  }

  private matches(contact: FakeContact, { field, op, values }: Condition): boolean {
    const value = this.value(contact, field);
    const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
    const texts = (Array.isArray(value) ? value : [String(value ?? "")]).map(fold);
    const wanted = values.map(fold);
    switch (op) {
      case "is_empty":
        return empty;
      case "is_not_empty":
        return !empty;
      case "is":
        return texts.some((text) => wanted.includes(text));
      case "is_not":
        return !texts.some((text) => wanted.includes(text));
      case "contains":
        return wanted.some((want) => texts.some((text) => text.includes(want)));
      case "starts_with":
        return wanted.some((want) => texts.some((text) => text.startsWith(want)));
      case "before":
        return typeof value === "number" && value < Number(values[0]);
      case "after":
        return typeof value === "number" && value > Number(values[0]);
      case "longer_ago_than":
        return typeof value === "number" && value < ago(values[0] ?? "");
      case "within_last":
        return typeof value === "number" && value >= ago(values[0] ?? "");
    }
  }

  /** Appends an operation and tells the page what to refetch. */
  record(kind: OperationKind, changes: FakeChange[], tags: CacheTag[], more: Partial<OperationRow> = {}): string {
    const id = this.newId();
    const records = new Set(changes.map((change) => change.record));
    const only = records.size === 1 ? (changes[0] as FakeChange) : null;
    this.operations.unshift({
      id,
      kind,
      at: Date.now(),
      actor: STAFF.name,
      device: "front-desk",
      count: records.size,
      detail: "",
      subject: only ? this.name(only.kind, only.record) : null,
      subject_id: only?.record ?? null,
      subject_kind: only?.kind ?? null,
      record_kind: only?.kind ?? null,
      undone: false,
      undoes: null,
      undoes_kind: null,
      changes,
      ...more,
    });
    queueMicrotask(() => this.announce([...tags, "history"]));
    return id;
  }

  audit(kind: RecordKind, id: string): AuditEntry[] {
    const entries = this.operations
      .filter((operation) => operation.changes.some((change) => change.record === id))
      .map<AuditEntry>((operation) => ({
        operation: operation.id,
        kind: operation.kind,
        at: operation.at,
        actor: operation.actor,
        device: operation.device,
        created: operation.kind?.endsWith(".create") ?? false,
        undone: operation.undone,
        erased: false,
        newer: false,
        fields: operation.changes
          .filter((change) => change.record === id && change.field !== null)
          .map((change) => ({
            field: change.field as string,
            before: this.cell(kind, change.field as string, change.before),
            after: this.cell(kind, change.field as string, change.after),
          })),
      }));
    const contact = this.byId.get(id);
    if (contact && !entries.some((entry) => entry.created)) {
      entries.push({
        operation: fakeId(8, 1),
        kind: "contacts.create",
        at: Number(contact.values.created_at),
        actor: String(contact.values.added_by ?? STAFF.name),
        device: "front-desk",
        created: true,
        undone: false,
        erased: false,
        newer: false,
        fields: ["first_name", "last_name", "email", "employer", "source"].map((field) => ({
          field,
          before: { value: null, text: null },
          after: this.cell("contact", field, contact.values[field] ?? null),
        })),
      });
    }
    return entries;
  }
}

export function contactName(contact: FakeContact): string {
  return `${contact.values.first_name} ${contact.values.last_name}`;
}

/** Lower case without accents, as the real search compares. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
}

/** A contact that is made up when somebody looks at it. */
function lazily(n: number, pending: number, now: number): FakeContact {
  let made: FakeContact | null = null;
  const make = () => {
    made ??= fakeContact(n, pending, now);
    return made;
  };
  return {
    id: fakeId(1, n),
    get values() {
      return make().values;
    },
    get user() {
      return make().user;
    },
    set user(user) {
      make().user = user;
    },
  };
}
