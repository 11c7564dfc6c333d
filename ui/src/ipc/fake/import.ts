import type {
  AuditField,
  Confidence,
  DryRun,
  ImportColumn,
  ImportOpened,
  ImportOutcome,
  ImportRow,
  ImportTarget,
  NamedFile,
  PlacedProblem,
  Progress,
} from "../bindings.ts";
import { contactName, type FakeChange, type FakeDesk } from "./desk.ts";
import { type FakeContact, fakeContact, STAFF } from "./people.ts";

type Reporter = { onmessage: (progress: Progress) => void };
type Session = {
  file: string;
  columns: string[];
  cells: string[][];
  fields: (string | null)[];
  target: ImportTarget;
  outcomes: ImportOutcome[];
  cancelled: boolean;
};

const COLUMNS: [header: string, field: string | null, confidence: Confidence][] = [
  ["Full Name", "full_name", "likely"],
  ["Work Email", "email", "certain"],
  ["Company", "employer", "likely"],
  ["Position", "title", "guess"],
  ["Phone (Office)", "work_phone", "likely"],
  ["City", "city", "certain"],
  ["Notes", "description", "guess"],
  ["Internal ID", null, "none"],
];

const sessions = new Map<number, Session>();
const remembered = new Map<string, (string | null)[]>();
let nextSession = 1;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
// Read once: the address changes as one moves about.
const address = new URLSearchParams(window.location.search);
const rowsAsked = () => Number(address.get("rows") ?? 1251);

function cellsOf(desk: FakeDesk, n: number): string[] {
  const known = n % 31 === 4 ? desk.contacts[100 + n] : undefined;
  const person = known ?? fakeContact(n + 500_000, 0, 0);
  const value = (field: string) => String(person.values[field] ?? "");
  const employer = person.values.employer ? (desk.name("employer", String(person.values.employer)) ?? "") : "";
  const cells = [
    contactName(person),
    value("email"),
    employer,
    known && n % 62 !== 4 ? "Head of early careers" : value("title"),
    value("work_phone"),
    value("city"),
    n % 9 === 0 ? "Met at the autumn fair." : "",
    `HR-${40_000 + n}`,
  ];
  if (n % 97 === 11) cells[1] = value("email").replace("@", " at ");
  if (n % 211 === 40) cells[1] = "";
  if (n % 307 === 60) cells[0] = "Cher";
  if (n === 500) return cells.map(() => "");
  if (n === 77) cells[1] = String(fakeContact(500_070, 0, 0).values.email);
  return cells;
}

/** A file that somebody named; here its token is its name. */
export function named(name: string): NamedFile {
  return { token: name, name };
}

function open(desk: FakeDesk, file: string): ImportOpened {
  if (/\.(pdf|docx?)$/i.test(file)) throw { code: "unreadable_file", problem: "not_recognised", detail: "" };
  const columns = COLUMNS.map(([header]) => header);
  const key = columns.join();
  const before = remembered.get(key);
  const cells = Array.from({ length: rowsAsked() }, (_, n) => cellsOf(desk, n));
  const fields = before ?? COLUMNS.map(([, field]) => field);
  const session = nextSession++;
  sessions.set(session, { file, columns, cells, fields, target: "directory", outcomes: [], cancelled: false });
  const isVcard = file.endsWith(".vcf");
  return {
    session,
    kind: "contact",
    file,
    format: isVcard ? "vcard" : file.endsWith(".xlsx") ? "xlsx" : "csv",
    encoding: isVcard || file.endsWith(".csv") ? "windows-1252" : null,
    separator: file.endsWith(".csv") ? ";" : null,
    sheet_name: file.endsWith(".xlsx") ? "Employer contacts 2025" : null,
    rows: cells.length,
    preset: file.includes("handshake") ? "handshake" : isVcard ? "vcard" : null,
    columns: COLUMNS.map<ImportColumn>(([header, , confidence], index) => ({
      index,
      header,
      samples: [...new Set(cells.slice(0, 6).map((row) => row[index] ?? ""))].filter(Boolean).slice(0, 3),
      field: fields[index] ?? null,
      confidence: before ? "certain" : confidence,
    })),
    remembered: before !== undefined,
    left_out: isVcard
      ? [
          { name: "PHOTO", rows: 312 },
          { name: "GEO", rows: 4 },
        ]
      : [],
  };
}

function valuesOf(session: Session, row: string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [n, field] of session.fields.entries()) {
    const text = row[n]?.trim() ?? "";
    if (!field || text === "") continue;
    if (field === "full_name") {
      const [first = "", ...rest] = text.split(" ");
      values.first_name ??= first;
      if (rest.length > 0) values.last_name ??= rest.join(" ");
    } else values[field] = text;
  }
  return values;
}

function describe(desk: FakeDesk, session: Session, index: number, byEmail: Map<string, FakeContact>): ImportRow {
  const cells = session.cells[index] ?? [];
  const values = valuesOf(session, cells);
  const column = (field: string) => {
    const at = session.fields.indexOf(field);
    return at < 0 ? null : at;
  };
  const problems: PlacedProblem[] = [];
  const existing = values.email ? byEmail.get(values.email.toLowerCase()) : undefined;
  const refuse = (field: string, problem: PlacedProblem["problem"], at = column(field)) =>
    problems.push({ field, column: at, problem });
  const name = [values.first_name, values.last_name].filter(Boolean).join(" ");
  const row = { index, row: index + 2, name, email: values.email ?? "", cells };
  const nothing = { value: null, text: null };
  if (cells.every((cell) => cell === ""))
    return {
      ...row,
      outcome: "skipped",
      changes: [],
      problems: [{ field: null, column: null, problem: { kind: "blank_row" } }],
    };
  if (!values.email) refuse("email", { kind: "value", problem: { kind: "required" } });
  else if (!/^\S+@\S+\.\S+$/.test(values.email)) refuse("email", { kind: "value", problem: { kind: "not_an_email" } });
  if (!existing && !values.first_name) refuse("first_name", { kind: "value", problem: { kind: "required" } });
  if (!existing && !values.last_name) refuse("last_name", { kind: "value", problem: { kind: "required" } });
  const first = session.cells.findIndex((other) => other[1] !== "" && other[1] === cells[1]);
  if (first >= 0 && first < index) refuse("email", { kind: "duplicate_in_file", row: first + 2 }, null);
  if (existing?.values.approval === "rejected") refuse("email", { kind: "frozen" }, null);
  if (problems.length > 0) return { ...row, outcome: "failed", changes: [], problems };
  const changes: AuditField[] = Object.entries(values)
    .map(([field, text]) => {
      const had = existing?.values[field] ?? null;
      const words = field === "employer" && typeof had === "string" ? desk.name("employer", had) : null;
      return {
        field,
        before: existing ? { value: had, text: words } : nothing,
        after: { value: text, text: field === "employer" ? text : null },
      };
    })
    .filter(({ before, after }) => (before.text ?? before.value) !== after.value);
  if (existing && changes.length === 0)
    return {
      ...row,
      outcome: "skipped",
      changes,
      problems: [{ field: null, column: null, problem: { kind: "nothing_to_change" } }],
    };
  return { ...row, outcome: existing ? "updated" : "created", changes, problems };
}

function counts(session: Session): DryRun {
  const of = (outcome: ImportOutcome) => session.outcomes.filter((each) => each === outcome).length;
  return {
    created: of("created"),
    updated: of("updated"),
    skipped: of("skipped"),
    failed: of("failed"),
    employers_created: 3,
  };
}

const find = (session: number): Session => {
  const found = sessions.get(session);
  if (!found) throw { code: "not_found", what: "import" };
  return found;
};
const addresses = (desk: FakeDesk) =>
  new Map(desk.contacts.map((contact) => [String(contact.values.email).toLowerCase(), contact]));

async function slowly(session: Session, total: number, progress: Reporter) {
  session.cancelled = false;
  for (let step = 0; step <= 10; step++) {
    progress.onmessage({ done: Math.round((total * step) / 10), total });
    await wait(Number(address.get("slow") ?? 20));
    if (session.cancelled) throw { code: "cancelled" };
  }
}

/** Commands of the import, on a file that is made up. `?rows=…` says how long it is, `?slow=300` makes work take time. */
export const importHandlers = {
  import_choose: () => named(address.get("choose") ?? "spring-fair-contacts.csv"),
  import_open: async ({ file, progress }: { file: string; progress: Reporter }, desk: FakeDesk) => {
    progress.onmessage({ done: 500, total: 1000 });
    await wait(Number(address.get("slow") ?? 20));
    return open(desk, file);
  },
  import_open_again: ({ session }: { session: number }, desk: FakeDesk) => open(desk, find(session).file),
  import_map: ({ session, fields }: { session: number; fields: (string | null)[] }) => {
    const { columns } = find(session);
    remembered.set(columns.join(), fields);
    find(session).fields = fields;
    return null;
  },
  import_dry_run: async (
    { session: id, target, progress }: { session: number; target: ImportTarget; progress: Reporter },
    desk: FakeDesk,
  ) => {
    const session = find(id);
    await slowly(session, session.cells.length, progress);
    const byEmail = addresses(desk);
    session.target = target;
    session.outcomes = session.cells.map((_, index) => describe(desk, session, index, byEmail).outcome);
    return counts(session);
  },
  import_rows: (
    {
      session: id,
      outcome,
      offset,
      limit,
    }: { session: number; outcome: ImportOutcome | null; offset: number; limit: number },
    desk: FakeDesk,
  ) => {
    const session = find(id);
    const byEmail = addresses(desk);
    const matching = session.outcomes.flatMap((each, index) => (outcome === null || each === outcome ? [index] : []));
    return {
      total: matching.length,
      rows: matching.slice(offset, offset + limit).map((index) => describe(desk, session, index, byEmail)),
    };
  },
  import_fix: (
    { session: id, index, column, text }: { session: number; index: number; column: number; text: string },
    desk: FakeDesk,
  ) => {
    const session = find(id);
    const cells = [...(session.cells[index] ?? [])];
    cells[column] = text;
    session.cells[index] = cells;
    const row = describe(desk, session, index, addresses(desk));
    session.outcomes[index] = row.outcome;
    return { row, counts: counts(session) };
  },
  import_commit: async ({ session: id, progress }: { session: number; progress: Reporter }, desk: FakeDesk) => {
    const session = find(id);
    await slowly(session, session.cells.length, progress);
    const byEmail = addresses(desk);
    const changes: FakeChange[] = [];
    for (const index of session.cells.keys()) {
      const row = describe(desk, session, index, byEmail);
      if (row.outcome === "updated") {
        const contact = byEmail.get(row.email.toLowerCase());
        for (const { field, before, after } of row.changes) {
          if (!contact || field === "employer") continue;
          contact.values[field] = after.value;
          changes.push({ kind: "contact", record: contact.id, field, before: before.value, after: after.value });
        }
      } else if (row.outcome === "created") {
        const { employer: _employer, ...values } = valuesOf(session, row.cells);
        const contact: FakeContact = {
          id: desk.newId(),
          values: {
            ...values,
            source: "import",
            approval: session.target === "queue" ? "pending" : "approved",
            visibility: "career_advisors",
            owner: STAFF.id,
            created_at: Date.now(),
          },
          user: null,
        };
        desk.contacts.push(contact);
        desk.byId.set(contact.id, contact);
        for (const [field, after] of Object.entries(values))
          changes.push({ kind: "contact", record: contact.id, field, before: null, after });
      }
    }
    const operation = desk.record("contacts.import", changes, ["contacts", "queue", "employers"], {
      detail: session.file,
      subject: null,
      subject_id: null,
      subject_kind: null,
    });
    return { operation, ...counts(session) };
  },
  import_cancel: ({ session }: { session: number }) => {
    find(session).cancelled = true;
    return null;
  },
  import_close: ({ session }: { session: number }) => {
    sessions.delete(session);
    return null;
  },
  import_save_errors: () => "/home/dana/import-problems.csv",
  import_save_template: () => "/home/dana/liaison-contacts-template.csv",
};
