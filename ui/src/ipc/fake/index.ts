import { emit } from "@tauri-apps/api/event";
import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import type {
  Approval,
  CacheTag,
  ContactProfile,
  FieldEdit,
  FieldValue,
  ListQuery,
  Progress,
  RecordKind,
  ReviewAction,
  Selection,
  Visibility,
} from "../bindings.ts";
import { accessHandlers, listUsers, userRow } from "./access.ts";
import { activityHandlers, countsOf } from "./activities.ts";
import { backupHandlers } from "./backups.ts";
import { createContact, editContact, find, likenesses, previewReview, review, undo } from "./changes.ts";
import { contactName, FakeDesk, type FakeOptions } from "./desk.ts";
import { employerHandlers } from "./employers.ts";
import { historyHandlers } from "./history.ts";
import { importHandlers } from "./import.ts";
import { integrityHandlers } from "./integrity.ts";
import { mailHandlers } from "./mail.ts";
import { mergeHandlers } from "./merge.ts";
import { STAFF } from "./people.ts";
import { schema } from "./schema.ts";
import { startHandlers } from "./start.ts";

type Reporter = { onmessage: (progress: Progress) => void };
// biome-ignore lint/suspicious/noExplicitAny: each command has its own arguments; the real bindings type them.
type Handler = (args: any, desk: FakeDesk) => unknown;

function profile(desk: FakeDesk, id: string): ContactProfile {
  const contact = find(desk, id);
  const employer = contact.values.employer ? desk.employers.get(String(contact.values.employer)) : undefined;
  const notes = [...desk.notes.values()].filter((note) => note.contact === id).length;
  const employerName = employer ? String(employer.values.name) : null;
  return {
    id,
    name: contactName(contact),
    values: { ...contact.values },
    chips: {
      approval: contact.values.approval as Approval,
      visibility: contact.values.visibility as Visibility,
      access: contact.user ? { state: contact.user.access ? "on" : "off", role: contact.user.role } : { state: "none" },
    },
    employer: employer
      ? {
          id: employer.id,
          name: String(employer.values.name),
          website: String(employer.values.website ?? ""),
          city: String(employer.values.city ?? ""),
          contacts: 12,
        }
      : null,
    user: contact.user
      ? {
          id: contact.user.id,
          name: contactName(contact),
          email: String(contact.values.email),
          employer: employerName,
          role: contact.user.role,
          access: contact.user.access,
          last_log_in: contact.user.lastLogIn,
        }
      : null,
    owner: contact.values.owner ? STAFF.name : null,
    last_heard: Number(contact.values.created_at) + 86_400_000,
    is_primary: false,
    deleted: false,
    frozen: contact.values.approval === "rejected",
    counts: countsOf({ notes, activities: notes }),
    archived: contact.values.approval === "rejected" ? ["reject"] : [],
    changes: desk.audit("contact", id).length,
  };
}

const handlers: Record<string, Handler> = {
  record_print: () => null,
  schema: () => schema,
  list_open: ({ query }: { query: ListQuery }, desk) => desk.open(query),
  list_window: (
    { result, offset, limit, columns }: { result: number; offset: number; limit: number; columns: string[] },
    desk,
  ) => {
    const opened = desk.results.get(result);
    if (!opened) throw { code: "not_found", what: "result" };
    if (limit > 200) throw { code: "internal", incident: "window too large" };
    return {
      offset,
      rows: opened.ids
        .slice(offset, offset + limit)
        .filter((id) => opened.kind !== "contact" || desk.byId.has(id))
        .map((id) => desk.row(opened.kind, id, columns)),
    };
  },
  list_position: ({ result, id }: { result: number; id: string }, desk) => {
    const at = desk.results.get(result)?.ids.indexOf(id) ?? -1;
    return at < 0 ? null : at;
  },
  list_close: ({ result }: { result: number }, desk) => {
    desk.results.delete(result);
    return null;
  },
  queue_count: (_args, desk) => ({
    pending: desk.isHuge
      ? desk.options.pending
      : desk.contacts.filter((contact) => contact.values.approval === "pending").length,
  }),
  contact_get: ({ id }: { id: string }, desk) => profile(desk, id),
  contact_create: ({ values }: { values: Record<string, FieldValue> }, desk) => createContact(desk, values),
  contact_edit: ({ id, edits }: { id: string; edits: FieldEdit[] }, desk) => editContact(desk, id, edits),
  contacts_review_preview: ({ selection, action }: { selection: Selection; action: ReviewAction }, desk) =>
    previewReview(desk, selection, action),
  contacts_review: (
    { selection, action, progress }: { selection: Selection; action: ReviewAction; progress: Reporter },
    desk,
  ) => review(desk, selection, action, (done, total) => progress.onmessage({ done, total })),
  contact_likenesses: ({ id }: { id: string }, desk) => likenesses(desk, id),
  notes_list: ({ contact, after, limit }: { contact: string; after: string | null; limit: number }, desk) => {
    const all = [...desk.notes.values()]
      .filter((note) => note.contact === contact)
      .sort((a, b) => b.created_at - a.created_at);
    const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    return { rows: all.slice(start, start + limit), total: all.length };
  },
  note_add: ({ contact, text }: { contact: string; text: string }, desk) => {
    if (!text.trim()) throw { code: "validation", fields: [{ field: "text", problem: { kind: "required" } }] };
    const id = desk.newId();
    desk.notes.set(id, { id, contact, text, author: STAFF.name, created_at: Date.now(), edited: false });
    return {
      id,
      operation: desk.record(
        "notes.create",
        [{ kind: "note", record: id, field: "text", before: null, after: text }],
        ["notes", "contacts"],
      ),
    };
  },
  note_edit: ({ id, text }: { id: string; text: string }, desk) => {
    const note = desk.notes.get(id);
    if (!note) throw { code: "not_found", what: "note" };
    const operation = desk.record(
      "notes.edit",
      [{ kind: "note", record: id, field: "text", before: note.text, after: text }],
      ["notes"],
    );
    desk.notes.set(id, { ...note, text, edited: true });
    return { operation, changed: 1, skipped: 0, users: 0 };
  },
  note_delete: ({ id }: { id: string }, desk) => {
    const note = desk.notes.get(id);
    if (!note) throw { code: "not_found", what: "note" };
    desk.notes.delete(id);
    desk.removedNotes.set(id, note);
    return {
      operation: desk.record(
        "notes.delete",
        [{ kind: "note", record: id, field: null, before: note.text, after: null }],
        ["notes", "contacts"],
      ),
      changed: 1,
      skipped: 0,
      users: 0,
    };
  },
  audit_log: ({ kind, id }: { kind: RecordKind; id: string }, desk) => desk.audit(kind, id),
  undo: ({ operation }: { operation: string }, desk) => undo(desk, operation),
  employers_suggest: ({ text }: { text: string }, desk) =>
    [...desk.employers.values()]
      .filter((employer) => String(employer.values.name).toLowerCase().includes(text.toLowerCase()))
      .slice(0, 20)
      .map((employer) => ({
        id: employer.id,
        name: String(employer.values.name),
        website: null,
        city: String(employer.values.city ?? ""),
        contacts: 12,
      })),
  views_list: () => ({ built_in: [], saved: [] }),
  list_counts: ({ queries }: { queries: ListQuery[] }) => queries.map(() => null),
  ...accessHandlers,
  ...activityHandlers,
  ...employerHandlers,
  contact_employments: () => [],
  former_contacts: () => ({ total: 0, rows: [] }),
  ...historyHandlers,
  ...importHandlers,
  ...backupHandlers,
  ...mailHandlers,
  ...mergeHandlers,
  ...integrityHandlers,
  ...startHandlers,
};

/** Answers every command from memory. Returns the desk, so that a test can look at it or change it "from elsewhere". */
export function startFake(options: Partial<FakeOptions> = {}): FakeDesk {
  const announce = (tags: CacheTag[]) => void emit("records-changed", tags);
  const desk = new FakeDesk({ contacts: 400, pending: 17, latency: 0, phase: "ready", ...options }, announce);
  desk.users = { ids: () => listUsers(desk), row: (id) => userRow(desk, id) };
  mockWindows("main");
  mockIPC(
    async (command, args) => {
      const handler = handlers[command];
      if (!handler) throw { code: "internal", incident: `no fake for ${command}` };
      if (desk.options.latency > 0) await new Promise((resolve) => setTimeout(resolve, desk.options.latency));
      return handler(args, desk);
    },
    { shouldMockEvents: true },
  );
  return desk;
}

/** Options in the address: `/?contacts=100000&pending=500&latency=40#/contacts`. */
export function startFakeFromAddress(): void {
  if (window.location.search !== "") {
    // The router's address is the hash; a query before it would become a part of every address. A reload keeps it.
    sessionStorage.setItem("liaison.fake", window.location.search);
    window.history.replaceState(null, "", window.location.pathname + window.location.hash);
  }
  const given = new URLSearchParams(sessionStorage.getItem("liaison.fake") ?? "");
  const number = (key: string, otherwise: number) => (given.has(key) ? Number(given.get(key)) : otherwise);
  startFake({
    contacts: number("contacts", 4000),
    pending: number("pending", 17),
    latency: number("latency", 0),
    phase: (given.get("phase") as FakeOptions["phase"] | null) ?? "ready",
  });
}
