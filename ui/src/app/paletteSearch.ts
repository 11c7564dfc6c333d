import { formerly } from "~/features/profile/position.ts";
import { personName, staffQuery } from "~/features/staff/kind.ts";
import { CHOICES, type Condition, call, commands, type Id, type RecordKind, type Row } from "~/ipc";
import { choiceLabel, dateTime, day } from "~/kit/i18n/words.ts";

/** Something the palette found. */
export type Hit = {
  kind: RecordKind;
  id: Id;
  name: string;
  /** Beside the name: what tells it from others of the name, and where the text was found if not in the name. */
  note: string;
  /** The approval status of a contact who is not in the directory. */
  approval?: string;
  /** A contact who left, and is at the employer that stands for that. */
  isInactive?: boolean;
};

/** Records of one kind, the best match first. */
export type Found = { kind: RecordKind; hits: Hit[]; best: Match };

/** How well a name matches: it is what was typed, begins with it, a word of it does, or it was found by other fields. */
export const MATCH = { exact: 0, start: 1, word: 2, elsewhere: 3 } as const;
export type Match = (typeof MATCH)[keyof typeof MATCH];

type Section = { kind: RecordKind; most: number; columns: string[]; also?: string[]; filter?: Condition[] };

/** Somebody who is looked up by name may be pending or rejected: everybody is found, and the chip says so (M8). */
const EVERYBODY: Condition = { field: "approval", op: "is", values: [...CHOICES.contact.approval] };

/** Kinds that lists are searched for; `also` are the fields that a search looks in, beside those shown. */
const SECTIONS: readonly Section[] = [
  {
    kind: "contact",
    most: 6,
    columns: ["approval", "title", "employer"],
    also: [
      "email",
      "email_2",
      "email_3",
      "former_emails",
      "preferred_name",
      "work_phone",
      "mobile_phone",
      "city",
      "labels",
    ],
    filter: [EVERYBODY],
  },
  { kind: "employer", most: 4, columns: ["city"], also: ["website", "industry", "phone"] },
  { kind: "student", most: 4, columns: ["email"], also: ["preferred_name", "student_number", "major"] },
  { kind: "employer_user", most: 3, columns: ["email"], also: ["employer"] },
  { kind: "event", most: 3, columns: ["starts_at"] },
  { kind: "job_listing", most: 3, columns: ["employer"] },
  { kind: "meeting", most: 3, columns: ["starts_at"] },
  { kind: "task", most: 3, columns: ["due_on"] },
];

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export function matchOf(name: string, typed: string): Match {
  const [folded, wanted] = [fold(name), fold(typed.trim())];
  if (folded === wanted) return MATCH.exact;
  if (folded.startsWith(wanted)) return MATCH.start;
  const words = folded.split(/[\s\-(),.’']+/);
  const all = wanted.split(/\s+/).every((each) => words.some((word) => word.startsWith(each)));
  return all ? MATCH.word : MATCH.elsewhere;
}

const words = (cell: Row["cells"][number] | undefined): string => {
  if (!cell || cell.value === null) return "";
  return cell.text ?? (Array.isArray(cell.value) ? cell.value.join(", ") : String(cell.value));
};

/** The first of these texts in which something that was typed stands. */
function whereFound(texts: string[], typed: string): string | undefined {
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  return texts.find((text) => wanted.some((each) => fold(text).includes(each)));
}

function found(kind: RecordKind, hits: Hit[], typed: string): Found {
  const ranked = hits
    .map((hit, at) => ({ hit, at, match: matchOf(hit.name, typed) }))
    .sort((a, b) => a.match - b.match || a.at - b.at);
  return { kind, hits: ranked.map(({ hit }) => hit), best: ranked[0]?.match ?? MATCH.elsewhere };
}

async function inList({ kind, most, columns, also = [], filter = [] }: Section, typed: string): Promise<Found> {
  const opened = await call(commands.listOpen({ kind, search: typed, filter, sort: [] }));
  try {
    // More than are shown: whose name matches may stand further down.
    const { rows } = await call(commands.listWindow(opened.result, 0, 40, [...columns, ...also]));
    // A private profile has no name to be found by.
    const hits = rows
      .filter(({ name }) => name !== "")
      .map<Hit & { at: string[] }>((row) => {
        const told = columns.map((key, at) => (key === "approval" ? "" : noteOf(key, row.cells[at]))).filter(Boolean);
        const title = row.cells[columns.indexOf("title")]?.value;
        const was = row.inactive && formerly(typeof title === "string" ? title : null, row.inactive.former_employer);
        const note = was ?? told.join(" · ");
        const searched = row.cells.slice(kind === "contact" ? 1 : 0).map(words);
        const approval = kind === "contact" ? String(row.cells[0]?.value) : undefined;
        return {
          kind,
          id: row.id,
          name: row.name,
          note,
          at: searched,
          ...(approval && approval !== "approved" ? { approval } : {}),
          ...(row.inactive ? { isInactive: true } : {}),
        };
      });
    const ranked = found(kind, hits, typed);
    const shown = ranked.hits.slice(0, most).map((hit) => {
      const { at, ...rest } = hit as Hit & { at: string[] };
      const where = matchOf(hit.name, typed) === MATCH.elsewhere ? whereFound(at, typed) : undefined;
      return where && !rest.note.includes(where)
        ? { ...rest, note: [rest.note, where].filter(Boolean).join(" · ") }
        : rest;
    });
    return { ...ranked, hits: shown };
  } finally {
    await call(commands.listClose(opened.result));
  }
}

function noteOf(key: string, cell: Row["cells"][number] | undefined): string {
  if (!cell || cell.value === null) return "";
  if (typeof cell.value === "number") return dateTime(cell.value);
  return key === "due_on" ? day(String(cell.value)) : words(cell);
}

/** Kinds of which there are few: all are read, and matched by name here. */
async function among(kind: RecordKind, all: Promise<Hit[]>, typed: string): Promise<Found> {
  const hits = (await all).filter(({ name, note }) => {
    const have = fold(`${name} ${note}`);
    return fold(typed)
      .split(/\s+/)
      .filter(Boolean)
      .every((each) => have.includes(each));
  });
  const ranked = found(kind, hits, typed);
  return { ...ranked, hits: ranked.hits.slice(0, 3) };
}

async function staff(): Promise<Hit[]> {
  return (await staffQuery.queryFn()).map((person) => ({
    kind: "staff",
    id: person.id,
    name: personName(person),
    note: [person.own_role?.name ?? choiceLabel("role", person.role), person.email].join(" · "),
  }));
}

const named = (kind: RecordKind, rows: Promise<{ id: Id; name: string }[]>) =>
  rows.then((all) => all.map<Hit>(({ id, name }) => ({ kind, id, name, note: "" })));

/** Everything with this text in it, the kinds with the best matching name first. */
export async function findAll(typed: string, signal: AbortSignal): Promise<Found[]> {
  const sections: Found[] = [];
  // One after the other: Rust keeps few lists open, and the one on the page is among them.
  for (const section of SECTIONS) {
    signal.throwIfAborted();
    sections.push(await inList(section, typed));
  }
  signal.throwIfAborted();
  sections.push(
    ...(await Promise.all([
      among("staff", staff(), typed),
      among("user_group", named("user_group", call(commands.groupsList())), typed),
      among("role", named("role", call(commands.rolesList())), typed),
    ])),
  );
  return sections.filter(({ hits }) => hits.length > 0).sort((a, b) => a.best - b.best);
}
