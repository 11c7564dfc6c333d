import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import type { Assumed, DryRun, FieldSchema, ImportColumn, ImportOpened, ImportRow, PlacedProblem } from "~/ipc";
import { readSchema } from "~/testing/desk.tsx";
import { assign, canCheck, certainty, missing, sameMapping } from "./mapping.ts";
import { columnToFix, problemToFix, problemWords } from "./problems.ts";
import { aboutFile, recognised, willDo } from "./words.ts";

const t = i18next.t as TFunction;
let fields: FieldSchema[] = [];
beforeAll(async () => {
  fields = (await readSchema()).find(({ kind }) => kind === "contact")?.fields ?? [];
});
const column = (field: string | null): ImportColumn => ({
  index: 0,
  header: "Work Email",
  samples: [],
  field,
  confidence: "likely",
});

describe("the mapping", () => {
  it("gives each field to one column at most", () => {
    expect(assign(["email", null, "title"], 1, "email")).toEqual([null, "email", "title"]);
    expect(assign(["email", null, "title"], 0, null)).toEqual([null, null, "title"]);
    expect(assign([null, null], 0, null)).toEqual([null, null]);
    expect(assign(["email", "title"], 0, "email")).toEqual(["email", "title"]);
  });

  it("names what is needed and in no column", () => {
    expect(missing([null], fields)).toEqual(["first_name", "last_name", "email"]);
    expect(missing(["email", "last_name"], fields)).toEqual(["first_name"]);
    expect(missing(["email", "full_name"], fields)).toEqual([]);
    expect(canCheck("contact", ["full_name"])).toBe(false);
    expect(canCheck("contact", [null, "email"])).toBe(true);
    expect(canCheck("task", [null, "title"])).toBe(true);
    expect(canCheck("task", [null, null])).toBe(false);
  });

  it("says how sure it is, and when the person chose", () => {
    expect(certainty(column("email"), "email")).toBe("likely");
    expect(certainty(column("email"), "email_2")).toBe("chosen");
    expect(certainty(column(null), "email")).toBe("chosen");
    expect(certainty(column("email"), null)).toBe("left_out");
  });

  it("is the same only if every column is", () => {
    expect(sameMapping(["a", null], ["a", null])).toBe(true);
    expect(sameMapping(["a", null], ["a", "b"])).toBe(false);
    expect(sameMapping(["a"], ["a", null])).toBe(false);
  });
});

describe("bad rows", () => {
  const mapping = ["full_name", "email", null];
  const value = (field: string, at: number | null): PlacedProblem => ({
    field,
    column: at,
    problem: { kind: "value", problem: { kind: "required" } },
  });
  const same: PlacedProblem = { field: "email", column: null, problem: { kind: "duplicate_in_file", row: 72 } };
  const frozen: PlacedProblem = { field: "email", column: null, problem: { kind: "frozen" } };
  const cut: PlacedProblem = {
    field: null,
    column: null,
    problem: { kind: "unreadable", reason: "truncated_card", detail: "" },
  };

  it("are mended in the cell that is bad", () => {
    expect(columnToFix(value("email", 1), mapping)).toBe(1);
    expect(columnToFix(same, mapping)).toBe(1);
    // The last name is missing because the whole name holds one word.
    expect(columnToFix(value("last_name", null), mapping)).toBe(0);
  });

  it("can't be mended where no cell would help", () => {
    expect(columnToFix(frozen, mapping)).toBeNull();
    expect(columnToFix(cut, mapping)).toBeNull();
    expect(columnToFix(value("last_name", null), [null, "email", null])).toBeNull();
    expect(columnToFix(value("email", null), ["full_name"])).toBeNull();
  });

  it("show what can be mended first", () => {
    const row = { problems: [frozen, value("email", 1)] } as ImportRow;
    expect(problemToFix(row, mapping)).toEqual({ problem: row.problems[1], column: 1 });
    expect(problemToFix({ problems: [frozen] } as unknown as ImportRow, mapping)).toEqual({
      problem: frozen,
      column: null,
    });
    expect(problemToFix({ problems: [] as PlacedProblem[] } as ImportRow, mapping)).toBeNull();
  });

  it("say why, in words", () => {
    expect(problemWords(t, "contact", value("email", 1), 1)).toBe("Email: Fill in this field.");
    expect(problemWords(t, "contact", value("last_name", null), null)).toBe(
      "Last name: required, but not in any column.",
    );
    expect(problemWords(t, "contact", same, 1)).toBe("Same email as line 72");
    expect(problemWords(t, "contact", cut, null)).toBe("The card is cut off before its end.");
    const there: PlacedProblem = { field: null, column: null, problem: { kind: "nothing_to_change" } };
    expect(problemWords(t, "contact", there, null)).toBe("The contact already has all of this.");
    expect(problemWords(t, "task", there, null)).toBe("This record already exists.");
    const unknown: PlacedProblem = { ...cut, problem: { kind: "unreadable", reason: "new_reason", detail: "" } };
    expect(problemWords(t, "contact", unknown, null)).toBe("Parts of the row can’t be read.");
  });
});

describe("the words of the dry run", () => {
  const counts: DryRun = {
    created: 1204,
    updated: 35,
    unchanged: 0,
    name_conflicts: 0,
    possible_duplicates: 0,
    skipped: 0,
    failed: 12,
    blank: 0,
    employers_created: 0,
    left_out_values: 0,
  };

  it("say what will happen and what will not", () => {
    expect(willDo(t, "contact", counts, "directory")).toEqual([
      "1,204 contacts will be added to the directory.",
      "35 contacts will be changed.",
      "12 rows can’t be imported and will be left out.",
    ]);
    expect(willDo(t, "contact", { ...counts, created: 1, updated: 0, failed: 1, unchanged: 1 }, "queue")).toEqual([
      "1 contact will be added to the pending queue.",
      "1 row has nothing new.",
      "1 row can’t be imported and will be left out.",
    ]);
  });

  it("say what is left out, dropped or asked", () => {
    const asked = { ...counts, updated: 0, failed: 0, name_conflicts: 1, possible_duplicates: 2, left_out_values: 1 };
    expect(willDo(t, "contact", { ...asked, skipped: 1, blank: 2 }, "directory")).toEqual([
      "1,204 contacts will be added to the directory.",
      "1 row has values that can’t be imported; the rest of it will be.",
      "3 rows need your decision and will be left out without one.",
      "1 row will be skipped.",
      "2 blank rows will be ignored.",
    ]);
    expect(willDo(t, "contact", { ...asked, created: 0 }, "directory")).toEqual([
      "Nothing will be imported yet. Decide who the rows below are about.",
    ]);
  });

  it("name the records of another kind", () => {
    expect(willDo(t, "task", { ...counts, created: 1 }, "directory")).toEqual([
      "1 task will be added.",
      "35 tasks will be changed.",
      "12 rows can’t be imported and will be left out.",
    ]);
  });

  it("say so when nothing would happen", () => {
    expect(willDo(t, "contact", { ...counts, created: 0, updated: 0 }, "directory")).toHaveLength(1);
  });

  it("describe the file", () => {
    const about = (assumed: Partial<Assumed>) => aboutFile(t, { assumed } as ImportOpened);
    expect(about({ rows: 1251, blank: 2, format: "csv", sheet: null })).toBe("1,251 rows · 2 blank rows skipped · CSV");
    expect(about({ rows: 1, blank: 0, format: "xlsx", sheet: "2026" })).toBe("1 row · Excel · sheet “2026”");
    expect(recognised(t, "handshake")).toBe("Recognized as an export from Handshake.");
    expect(recognised(t, "vcard")).toBe("Recognized as a vCard address book.");
    expect(recognised(t, "something_new")).toContain("something_new");
    expect(recognised(t, null)).toBeNull();
  });
});
