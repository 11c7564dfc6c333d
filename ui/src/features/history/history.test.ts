import i18next, { type TFunction } from "i18next";
import { isValidElement } from "react";
import { describe, expect, it } from "vitest";
import type { OperationRow, UndoConflict, UndoPreview } from "~/ipc";
import { byDay, dayLabel, dayOf, spanOf } from "~/kit/i18n/days.ts";
import { emphasised, name, plain } from "./emphasis.tsx";
import { historySearch } from "./search.ts";
import { canUndo, KINDS, kindLabel, operationSentence } from "./sentence.ts";
import { canOverwrite, undoneWords, willUndo } from "./undoWords.ts";

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
    undoes: null,
    undoes_kind: null,
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
    expect(words({ kind: "employers.create", subject: "Acme" })).toBe("Dana Reyes added the employer Acme");
    expect(words({ kind: "notes.delete", subject: "Ana Silva" })).toBe("Dana Reyes deleted a note on Ana Silva");
  });

  it("say what was taken back, and what was brought back", () => {
    expect(words({ kind: "undo", undoes_kind: "contacts.reject", count: 3 })).toBe(
      "Dana Reyes took back the rejection of 3 contacts",
    );
    expect(words({ kind: "undo", undoes_kind: "contacts.edit", subject: "Ana Silva" })).toBe(
      "Dana Reyes took back an edit of Ana Silva",
    );
    expect(words({ kind: "undo", undoes_kind: "undo" })).toBe("Dana Reyes brought back what had been taken back");
  });

  it("say where only a newer version knows what was done, and undo nothing there", () => {
    const newer = row({ kind: null });
    expect(words(newer)).toBe("Dana Reyes did something that only a newer version of Liaison can show");
    expect(canUndo(newer)).toBe(false);
  });

  it("do without a name that is no longer known", () => {
    expect(words({ kind: "contacts.approve", actor: "" })).toBe("Somebody approved a contact");
    expect(words({ kind: "employers.edit" })).toBe("Dana Reyes edited the employer of unknown name");
  });

  it("exist for every kind, alone and taken back", () => {
    for (const kind of KINDS) {
      expect(kindLabel(t, kind)).not.toContain("history.");
      for (const count of [1, 2]) {
        expect(words({ kind, count, subject: "Ana" })).not.toContain("history.");
        const undone = words({ kind: "undo", undoes_kind: kind, count, subject: "Ana" });
        expect(undone).not.toContain("history.");
      }
    }
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

describe("what can be taken back", () => {
  it("is everything but the set-up and what was taken back already", () => {
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
    expect(willUndo(t, preview({}))).toBe("All 80 records it changed go back to what they were.");
    expect(willUndo(t, preview({ can_undo: 78 }))).toBe("78 of 80 records go back to what they were.");
    expect(willUndo(t, preview({ can_undo: 0 }))).toBe("Nothing of it can be taken back just so.");
    expect(willUndo(t, preview({ records: 1, can_undo: 1 }))).toBe(
      "The one record it changed goes back to what it was.",
    );
  });

  it("offers to overwrite only where that would change something", () => {
    expect(canOverwrite(preview({}))).toBe(false);
    expect(canOverwrite(preview({ conflicts: [conflict({})] }))).toBe(true);
    expect(canOverwrite(preview({ conflicts: [conflict({ reason: "frozen" }), conflict({ reason: "gone" })] }))).toBe(
      false,
    );
    expect(canOverwrite(preview({ conflicts: [conflict({ reason: "in_use" })] }))).toBe(true);
    expect(canOverwrite(preview({ conflicts: [conflict({ reason: "in_use", kind: "employer" })] }))).toBe(false);
  });

  it("is told afterwards", () => {
    const done = { operation: "2", changed: 78, skipped: 2, users: 0 };
    expect(undoneWords(t, done, false)).toBe("Taken back: 78 records are what they were. 2 stay as they are.");
    expect(undoneWords(t, { ...done, changed: 1, skipped: 0 }, true)).toBe("Brought back: 1 record.");
    expect(undoneWords(t, { ...done, changed: 0 }, false)).toBe("Nothing was left to take back.");
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
    const good = { person: "p", kind: "contacts.import", day: "2026-03-10", step: "s" };
    expect(historySearch(good)).toEqual(good);
    expect(historySearch({ kind: "contacts.fly", day: "today", person: 3, step: null, x: 1 })).toEqual({});
  });
});
