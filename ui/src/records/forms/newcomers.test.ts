import { describe, expect, it } from "vitest";
import type { CommandError, FieldSchema } from "~/ipc";
import { newcomersOf, noNewcomers, placedProblems } from "./newcomers.ts";

const fields = [
  { key: "title", newcomers: false },
  { key: "supervisor", newcomers: true },
] as FieldSchema[];
const typed = {
  title: "Internship",
  supervisor: "",
  "supervisor:new": true,
  "supervisor:first_name": " Ann ",
  "supervisor:last_name": "",
  "supervisor:email": "ann@x.example",
};

describe("people named on a form who are no contacts yet", () => {
  it("are asked for only where they can be named", () => {
    expect(Object.keys(noNewcomers(fields))).toEqual([
      "supervisor:new",
      "supervisor:first_name",
      "supervisor:last_name",
      "supervisor:email",
    ]);
    expect(newcomersOf(fields, noNewcomers(fields))).toEqual([]);
  });

  it("are sent with their place and what was typed", () => {
    const person = { first_name: "Ann", last_name: null, email: "ann@x.example" };
    expect(newcomersOf(fields, typed)).toEqual([{ place: "supervisor", contact: null, person }]);
    expect(newcomersOf(fields, { ...typed, "supervisor:new": false })).toEqual([]);
  });

  it("have their problems at what was typed about them", () => {
    const required = { kind: "required" } as const;
    const error: CommandError = {
      code: "validation",
      fields: [
        { field: "last_name", problem: required },
        { field: "title", problem: required },
      ],
    };
    const placed = placedProblems(error, fields, newcomersOf(fields, typed));
    expect(placed.code === "validation" && placed.fields.map(({ field }) => field)).toEqual([
      "supervisor:last_name",
      "title",
    ]);
    expect(placedProblems(error, fields, [])).toBe(error);
  });
});
