import { describe, expect, it } from "vitest";
import type { Condition, FieldSchema, FieldType } from "~/ipc";
import { isComplete, operatorsFor } from "./operators.ts";
import { conditionSentence } from "./sentence.ts";

const field = (key: string, type: FieldType, more: Partial<FieldSchema> = {}): FieldSchema => ({
  key,
  label: key,
  field_type: type,
  group: "status",
  required: false,
  editable: true,
  importable: true,
  filterable: true,
  sortable: true,
  searchable: false,
  bulk_editable: false,
  auto_synced: false,
  newcomers: false,
  attribute: false,
  ...more,
});
const visibility = field("visibility", { type: "choice", choices: ["myself", "career_advisors", "students"] });
const employer = field("employer", { type: "reference", kind: "employer" });
const names: Record<string, string> = { "1": "Inactive", "2": "Acme", "3": "Bluebird", "4": "Cedar" };
const say = (schema: FieldSchema, label: string, condition: Omit<Condition, "field">) =>
  conditionSentence({ field: schema.key, ...condition }, schema, label, (id) => names[id]);

describe("a condition as a sentence", () => {
  it("names choices in the words of the chips", () => {
    expect(say(visibility, "Visibility", { op: "is_not", values: ["students"] })).toBe("Visibility is not Students");
  });

  it("names records, not ids", () => {
    expect(say(employer, "Employer", { op: "is", values: ["1"] })).toBe("Employer is Inactive");
    expect(say(employer, "Employer", { op: "is", values: ["1", "2"] })).toBe("Employer is Inactive or Acme");
    expect(say(employer, "Employer", { op: "is", values: ["9"] })).toBe("Employer is …");
  });

  it("stays short with many values", () => {
    expect(say(employer, "Employer", { op: "is", values: ["1", "2", "3", "4"] })).toBe(
      "Employer is Inactive, Acme, or 2 more",
    );
  });

  it("needs no value where there is none to give", () => {
    expect(say(employer, "Employer", { op: "is_empty", values: [] })).toBe("Employer is empty");
  });

  it("writes years without separators", () => {
    const year = field("graduation_year", { type: "number" });
    expect(say(year, "Graduation year", { op: "is", values: ["2026"] })).toBe("Graduation year is 2026");
  });

  it("writes days as days", () => {
    const due = field("due_on", { type: "date" });
    expect(say(due, "Due", { op: "before", values: ["2026-05-31"] })).toBe("Due is before May 31, 2026");
    const added = field("created_at", { type: "moment" });
    expect(say(added, "Added", { op: "before", values: [String(new Date(2026, 4, 31).getTime())] })).toBe(
      "Added is before May 31, 2026",
    );
  });
});

describe("comparisons", () => {
  it("fit the type of the field", () => {
    expect(operatorsFor(field("city", { type: "text", max: 200 }))[0]).toBe("contains");
    expect(operatorsFor(field("approval", { type: "choice", choices: [] }, { editable: false }))).toEqual([
      "is",
      "is_not",
    ]);
    expect(operatorsFor(field("auto_sync", { type: "flag" }))).toEqual(["is"]);
    expect(operatorsFor(field("created_at", { type: "moment" }))).not.toContain("contains");
  });

  it("are complete with a value, or without where none is needed", () => {
    expect(isComplete({ field: "city", op: "is", values: [" "] })).toBe(false);
    expect(isComplete({ field: "city", op: "is", values: ["Porto"] })).toBe(true);
    expect(isComplete({ field: "city", op: "is_empty", values: [] })).toBe(true);
  });
});
