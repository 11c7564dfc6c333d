import i18next, { type TFunction } from "i18next";
import { isValidElement } from "react";
import { describe, expect, it } from "vitest";
import { OPERATION_KIND, type OperationRow, type UndoConflict, type UndoPreview, type UndoReason } from "~/ipc";
import { byDay, dayLabel, spanOf } from "~/kit/i18n/days.ts";
import { dayOf } from "~/kit/i18n/zone.ts";
import { emphasised, name, plain } from "./emphasis.tsx";
import { GROUPS, KIND_GROUPS } from "./kindGroups.ts";
import { historySearch } from "./search.ts";
import { canUndo, operationSentence } from "./sentence.ts";
import { modesOf, modeWords, namesOf, reasonOf, reasonSentence, undoneWords, willUndo } from "./undoWords.ts";

const t = i18next.t as TFunction;

function row(part: Partial<OperationRow>): OperationRow {
  return {
    id: "1",
    kind: "contacts.edit",
    at: 0,
    actor: "Dana Reyes",
    device: "front-desk",
    count: 1,
    detail: "",
    subject: null,
    subject_id: null,
    subject_kind: null,
    record_kind: null,
    undone: false,
    refused: false,
    undoes: null,
    undoes_kind: null,
    names: [],
    into: null,
    ...part,
  };
}
const words = (part: Partial<OperationRow>) => plain(operationSentence(t, row(part)));

describe("steps in sentences", () => {
  it("name the person of one record, and count many", () => {
    expect(words({ kind: "contacts.approve", count: 80 })).toBe("Dana Reyes approved 80 contacts");
    expect(words({ kind: "contacts.approve", subject: "Ana Silva" })).toBe("Dana Reyes approved Ana Silva");
    expect(words({ kind: "contacts.import", count: 12_345, detail: "fair.csv" })).toBe(
      "Dana Reyes imported 12,345 contacts from fair.csv",
    );
    expect(words({ kind: "employers.create", subject: "Acme", subject_kind: "employer" })).toBe(
      "Dana Reyes added the employer Acme",
    );
    expect(words({ kind: "notes.delete", subject: "Ana Silva" })).toBe("Dana Reyes deleted a note about Ana Silva");
  });

  it("say what was undone, and what was redone", () => {
    expect(words({ kind: "undo", undoes_kind: "contacts.reject", count: 3 })).toBe(
      "Dana Reyes undid the rejection of 3 contacts",
    );
    expect(words({ kind: "undo", undoes_kind: "contacts.edit", subject: "Ana Silva" })).toBe(
      "Dana Reyes undid an edit of Ana Silva",
    );
    const redo = { kind: "undo", undoes_kind: "undo", record_kind: "contact" } as const;
    expect(words({ ...redo, subject: "Ana Silva" })).toBe("Dana Reyes redid a change to Ana Silva");
    expect(words({ ...redo, count: 3 })).toBe("Dana Reyes redid a change to 3 contacts");
    expect(words({ kind: "undo", undoes_kind: "labels.rename" })).toBe("Dana Reyes undid a change of a label");
  });

  it("name a thing by its kind, and a person by the name", () => {
    const task = { record_kind: "task", subject_kind: "task", subject: "Call Ana" } as const;
    expect(words({ kind: "records.create", ...task })).toBe("Dana Reyes added the task “Call Ana”");
    expect(words({ kind: "records.edit", record_kind: "event" })).toBe("Dana Reyes edited an event");
    expect(words({ kind: "records.import", record_kind: "event", count: 2, detail: "fair.csv" })).toBe(
      "Dana Reyes imported 2 events from fair.csv",
    );
    const nora = { record_kind: "student", subject_kind: "student", subject: "Nora New" } as const;
    expect(words({ kind: "records.create", ...nora })).toBe("Dana Reyes added the user Nora New");
    expect(words({ kind: "students.deactivate", ...nora })).toBe("Dana Reyes deactivated Nora New");
  });

  it("put what was sent in quotation marks, not in the place of a person", () => {
    const email = { kind: "mail.send", record_kind: "email" } as const;
    expect(words({ ...email, subject: "Welcome to Riverton" })).toBe("Dana Reyes sent “Welcome to Riverton”");
    expect(words({ ...email, detail: "Welcome to Riverton" })).toBe("Dana Reyes sent “Welcome to Riverton”");
    expect(words(email)).toBe("Dana Reyes sent an email");
    const invitation = { kind: "invitations.send", record_kind: "invitation", detail: "welcome" } as const;
    expect(words({ ...invitation, subject: "nora@campus.example" })).toBe(
      "Dana Reyes sent an invitation to nora@campus.example",
    );
    expect(words({ ...invitation, detail: "reminder" })).toBe("Dana Reyes sent an invitation reminder to someone");
  });

  it("say only what the step is sure to have done", () => {
    expect(words({ kind: "contacts.merge", subject: "Joe Branch" })).toBe(
      "Dana Reyes merged Joe Branch into another contact",
    );
    expect(words({ kind: "contacts.merge", count: 3 })).toBe("Dana Reyes merged duplicate contacts into one");
    const access = { kind: "users.access", record_kind: "employer_user" } as const;
    expect(words({ ...access, detail: "off" })).toBe("Dana Reyes turned off access for an employer user");
    expect(words({ ...access, detail: "on", count: 2 })).toBe("Dana Reyes turned on access for 2 employer users");
    // They were approved before: only the roles of their users changed.
    expect(
      words({ kind: "contacts.approve_and_assign", record_kind: "employer_user", subject: "Ann", detail: "Recruiter" }),
    ).toBe("Dana Reyes gave Ann the role “Recruiter”");
    // A group was deleted, and its members changed with it.
    expect(words({ kind: "records.delete", record_kind: "student", count: 34 })).toBe(
      "Dana Reyes made a deletion that affected 34 users",
    );
    expect(words({ kind: "records.create", record_kind: "contact", subject: "Joe" })).toBe(
      "Dana Reyes added a record that involves Joe",
    );
    expect(words({ kind: "labels.rename", detail: "Alum → Alumni" })).toBe("Dana Reyes renamed a label: Alum → Alumni");
    expect(words({ kind: "labels.rename", detail: "Alum" })).toBe("Dana Reyes removed the label “Alum”");
    expect(words({ kind: "security.failed", detail: "3", count: 0 })).toBe(
      "3 wrong passcodes were entered before Dana Reyes opened Liaison",
    );
  });

  it("say where only a newer version knows what was done, and undo nothing there", () => {
    const newer = row({ kind: null });
    expect(words(newer)).toBe("Dana Reyes did something that only a newer version of Liaison can show");
    expect(canUndo(newer)).toBe(false);
  });

  it("do without a name that is no longer known", () => {
    expect(words({ kind: "contacts.approve", actor: "", record_kind: "contact" })).toBe("Someone approved a contact");
    expect(words({ kind: "employers.edit", record_kind: "employer" })).toBe("Dana Reyes edited an employer");
    expect(words({ kind: "notes.edit", record_kind: "note" })).toBe("Dana Reyes edited a note about a contact");
    expect(words({ kind: "security.passcode" })).toBe("Dana Reyes changed the passcode of a staff member");
    expect(words({ kind: "contacts.keep_apart", record_kind: "distinct_pair" })).toBe(
      "Dana Reyes marked a pair of contacts as different people",
    );
  });

  it("exist for every kind, alone and taken back", () => {
    for (const kind of OPERATION_KIND) {
      for (const count of [1, 2]) {
        expect(words({ kind, count, subject: "Ana" })).not.toContain("history.");
        const undone = words({ kind: "undo", undoes_kind: kind, count, subject: "Ana" });
        expect(undone).not.toContain("history.");
      }
    }
  });

  it("are each in one group of the filter, and no two groups are called the same", () => {
    const grouped = GROUPS.flatMap((group) => [...KIND_GROUPS[group]]);
    expect(grouped.toSorted()).toEqual([...OPERATION_KIND].toSorted());
    expect(KIND_GROUPS.imports).toEqual(["contacts.import", "records.import"]);
    const labels = GROUPS.map((group) => t(`history.group.${group}`));
    expect(new Set(labels).size).toBe(labels.length);
    for (const label of labels) expect(label).not.toContain("history.");
  });

  it("name the few, and say into whom somebody was merged", () => {
    const people = { names: ["Ana Silva", "Bo Chen"], record_kind: "contact", count: 2 } as const;
    expect(words({ kind: "contacts.approve", ...people, names: [...people.names] })).toBe(
      "Dana Reyes approved Ana Silva and Bo Chen",
    );
    const joe = { names: ["Joe Branch"], into: "Joseph Branch", record_kind: "contact", count: 2 } as const;
    const merge = { ...joe, names: [...joe.names] };
    expect(words({ kind: "contacts.approve_into", ...merge })).toBe(
      "Dana Reyes approved Joe Branch into Joseph Branch",
    );
    expect(words({ kind: "contacts.merge", ...merge })).toBe("Dana Reyes merged Joe Branch into Joseph Branch");
    expect(words({ kind: "undo", undoes_kind: "contacts.merge", ...merge })).toBe(
      "Dana Reyes undid the merge of Joe Branch into Joseph Branch",
    );
    expect(words({ kind: "contacts.merge", ...merge, into: null, names: [] })).toBe(
      "Dana Reyes merged duplicate contacts into one",
    );
  });

  it("show names as they are, whatever is in them", () => {
    const parts = emphasised(operationSentence(t, row({ kind: "contacts.approve", subject: "<b>Ana</b> {{count}}" })));
    expect(parts.filter(isValidElement)).toHaveLength(2);
    expect(words({ kind: "contacts.approve", subject: "<b>Ana</b> {{count}}" })).toBe(
      "Dana Reyes approved <b>Ana</b> {{count}}",
    );
    expect(plain(name("a\uE000b\uE001c"))).toBe("abc");
  });
});

describe("what can be undone", () => {
  it("is everything but the setup and what was undone already", () => {
    expect(canUndo(row({}))).toBe(true);
    expect(canUndo(row({ kind: "undo" }))).toBe(true);
    expect(canUndo(row({ undone: true }))).toBe(false);
    expect(canUndo(row({ kind: "institution.setup" }))).toBe(false);
  });

  const preview = (part: Partial<UndoPreview>): UndoPreview => ({
    operation: row({}),
    records: 80,
    can_undo: 80,
    conflicts: [],
    conflicts_total: 0,
    reasons: [],
    created_kept: 0,
    created_kind: null,
    can_overwrite: false,
    ...part,
  });
  const conflict = (part: Partial<UndoConflict>): UndoConflict => ({
    record: "1",
    kind: "contact",
    name: "Ana",
    field: "title",
    was: { value: "a", text: null },
    now: { value: "b", text: null },
    by: "Priya",
    at: 0,
    reason: "changed_since",
    ...part,
  });

  it("is said in numbers", () => {
    expect(willUndo(t, preview({}))).toBe("All 80 records will be as they were before this step.");
    expect(willUndo(t, preview({ can_undo: 78 }))).toBe("78 of 80 records will be as they were before this step.");
    expect(willUndo(t, preview({ can_undo: 0 }))).toBe("None of this can be undone as it stands.");
    expect(willUndo(t, preview({ can_undo: 0, operation: row({ kind: "undo", undoes_kind: "contacts.edit" }) }))).toBe(
      "None of this can be redone as it stands.",
    );
    expect(willUndo(t, preview({ records: 1, can_undo: 1 }))).toBe(
      "The record it changed will be as it was before this step.",
    );
  });

  it("offers what would change something, and says to how many", () => {
    expect(modesOf(preview({}))).toEqual(["keep_later_changes"]);
    expect(modesOf(preview({ can_overwrite: true }))).toEqual(["keep_later_changes", "overwrite_later_changes"]);
    const kept = preview({ created_kept: 13, created_kind: "student" });
    expect(modesOf(kept)).toEqual(["keep_later_changes", "trash_created"]);
    expect(modeWords(t, "trash_created", kept).label).toBe("Move the new records to the trash, too: 13 users");
  });

  it("groups what is in the way", () => {
    const reason: UndoReason = {
      reason: "changed_since",
      later: "students.assign",
      kind: "student",
      records: 13,
      names: ["Ana Silva", "Bo Chen", "Cy Dee"],
    };
    expect(reasonSentence(t, reason)).toBe("13 users: assigned since");
    expect(namesOf(t, reason)).toBe("Ana Silva, Bo Chen, Cy Dee, and 10 more");
    expect(namesOf(t, { ...reason, records: 3 })).toBe("Ana Silva, Bo Chen, and Cy Dee");
    expect(reasonSentence(t, { ...reason, reason: "in_use", later: null, records: 1 })).toBe(
      "1 user: other records refer to them",
    );
    for (const later of OPERATION_KIND) expect(reasonSentence(t, { ...reason, later })).not.toContain("history.");
  });

  it("gives a reason, with a name where one may be known", () => {
    expect(reasonOf(t, conflict({}))).toBe("Changed since by Priya");
    expect(reasonOf(t, conflict({ by: "" }))).toBe("Changed since");
    const taken = conflict({ reason: "address_taken", now: { value: "Ana Silva", text: null } });
    expect(reasonOf(t, taken)).toBe("Ana Silva has this address now.");
    expect(reasonOf(t, { ...taken, now: { value: "", text: null } })).toBe("Someone else has this address now.");
  });

  it("is told afterwards", () => {
    const done = { operation: "2", changed: 78, skipped: 2, users: 0 };
    expect(undoneWords(t, done, false)).toBe("Undone. 78 records are as they were before. 2 stay as they are.");
    expect(undoneWords(t, { ...done, changed: 1, skipped: 0 }, true)).toBe("Redone. 1 record changed.");
    expect(undoneWords(t, { ...done, changed: 0 }, false)).toBe("Nothing was left to undo.");
  });
});

describe("days", () => {
  const at = (text: string) => new Date(text).getTime();
  const now = at("2026-03-10T15:00:00");

  it("are named as people name them", () => {
    expect(dayLabel("2026-03-10", now)).toBe("Today");
    expect(dayLabel("2026-03-09", now)).toBe("Yesterday");
    expect(dayLabel("2026-03-05", now)).toBe("Thursday, March 5");
    expect(dayLabel("2025-12-31", now)).toBe("Wednesday, December 31, 2025");
    expect(dayLabel("2025-12-31", at("2026-01-01T00:30:00"))).toBe("Yesterday");
  });

  it("group rows by the local calendar, in their order", () => {
    const rows = ["2026-03-10T00:00:01", "2026-03-09T23:59:59", "2026-03-09T00:00:00"].map((text) => ({
      at: at(text),
    }));
    expect(byDay(rows).map(({ day, rows: own }) => [day, own.length])).toEqual([
      ["2026-03-10", 1],
      ["2026-03-09", 2],
    ]);
    expect(byDay([])).toEqual([]);
  });

  it("reach from midnight to midnight, also where clocks change", () => {
    for (const day of ["2026-03-10", "2026-03-08", "2026-03-29", "2026-11-01", "2026-12-31"]) {
      const { since, until } = spanOf(day);
      expect(dayOf(since)).toBe(day);
      expect(dayOf(until - 1)).toBe(day);
      expect(dayOf(until)).not.toBe(day);
    }
  });
});

describe("the address of the history", () => {
  it("keeps what it understands", () => {
    const good = { person: "p", q: "Silva", kind: "imports", day: "2026-03-10", step: "s" };
    expect(historySearch(good)).toEqual(good);
    expect(historySearch({ q: " ", kind: "contacts", day: "today", person: 3, step: null, x: 1 })).toEqual({});
    // A number on Home leads to one kind alone.
    expect(historySearch({ kind: "contacts.approve" })).toEqual({ kind: "contacts.approve" });
  });
});
