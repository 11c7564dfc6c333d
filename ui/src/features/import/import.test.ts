import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import type { DryRun, FieldSchema, ImportColumn, ImportOpened, ImportRow, PlacedProblem } from "~/ipc";
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
    expect(problemWords(t, "contact", value("email", 1), 1)).toBe("E-mail: Needed.");
    expect(problemWords(t, "contact", value("last_name", null), null)).toBe(
      "Last name: needed, but no column holds it.",
    );
    expect(problemWords(t, "contact", same, 1)).toBe("Same e-mail as line 72");
    expect(problemWords(t, "contact", cut, null)).toBe("The card is cut off before its end.");
    const there: PlacedProblem = { field: null, column: null, problem: { kind: "nothing_to_change" } };
    expect(problemWords(t, "contact", there, null)).toBe("The contact already has all of this.");
    expect(problemWords(t, "task", there, null)).toBe("This is there already.");
    const unknown: PlacedProblem = { ...cut, problem: { kind: "unreadable", reason: "new_reason", detail: "" } };
    expect(problemWords(t, "contact", unknown, null)).toBe("The row can't be read whole.");
  });
});

describe("the words of the dry run", () => {
  const counts: DryRun = { created: 1204, updated: 35, skipped: 0, failed: 12, employers_created: 0 };

  it("say what will happen and what will not", () => {
    expect(willDo(t, "contact", counts, "directory")).toEqual([
      "1,204 contacts are added to the directory.",
      "35 contacts are changed.",
      "12 rows can't be imported and stay out.",
    ]);
    expect(willDo(t, "contact", { ...counts, created: 1, updated: 0, failed: 1, skipped: 1 }, "queue")).toEqual([
      "1 contact is added to the pending queue.",
      "1 row has nothing new.",
      "1 row can't be imported and stays out.",
    ]);
  });

  it("name the records of another kind", () => {
    expect(willDo(t, "task", { ...counts, created: 1 }, "directory")).toEqual([
      "1 task is added.",
      "35 tasks are changed.",
      "12 rows can't be imported and stay out.",
    ]);
  });

  it("say so when nothing would happen", () => {
    expect(willDo(t, "contact", { ...counts, created: 0, updated: 0 }, "directory")).toHaveLength(1);
  });

  it("describe the file", () => {
    const opened = { rows: 1251, format: "csv", separator: ";", encoding: "UTF-8", sheet_name: null } as ImportOpened;
    expect(aboutFile(t, opened)).toBe("1,251 rows · CSV · semicolons · UTF-8");
    const workbook = { rows: 1, format: "xlsx", separator: null, encoding: null, sheet_name: "2026" } as ImportOpened;
    expect(aboutFile(t, workbook)).toBe("1 row · Excel · sheet “2026”");
    expect(recognised(t, "handshake")).toBe("Recognised as an export of Handshake contacts.");
    expect(recognised(t, "vcard")).toBe("Recognised as a vCard address book.");
    expect(recognised(t, "something_new")).toContain("something_new");
    expect(recognised(t, null)).toBeNull();
  });
});
