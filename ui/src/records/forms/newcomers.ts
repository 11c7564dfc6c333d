import type { CommandError, FieldProblem, FieldSchema, NamedPerson } from "~/ipc";
import type { FormValues } from "../fields/values.ts";

/** What is asked of somebody who is no contact yet. */
export const ASKED = ["first_name", "last_name", "email"] as const;

/** Names in the form: whether somebody new is named in the field, and what is typed about them. */
export const isNew = (field: string) => `${field}:new`;
export const asked = (field: string, what: (typeof ASKED)[number]) => `${field}:${what}`;

/** The field a place on the form stands for: of somebody new it is theirs, "last_name" of "supervisor:last_name". */
export const ownField = (place: string) => place.split(":").at(-1) ?? place;

/** What the form begins with: nobody new. */
export function noNewcomers(fields: FieldSchema[]): FormValues {
  return Object.fromEntries(
    fields
      .filter(({ newcomers }) => newcomers)
      .flatMap(({ key }) => [[isNew(key), false], ...ASKED.map((what) => [asked(key, what), ""] as const)]),
  );
}

/** The people who are named in the form and are no contacts yet. */
export function newcomersOf(fields: FieldSchema[], typed: FormValues): NamedPerson[] {
  return fields
    .filter(({ key, newcomers }) => newcomers && typed[isNew(key)] === true)
    .map(({ key }) => ({
      place: key,
      contact: null,
      person: Object.fromEntries(ASKED.map((what) => [what, String(typed[asked(key, what)] ?? "").trim() || null])),
    }));
}

/** Problems with somebody new stand at what was typed about them. */
export function placedProblems(error: CommandError, fields: FieldSchema[], people: NamedPerson[]): CommandError {
  const place = people[0]?.place;
  if (error.code !== "validation" || place === undefined) return error;
  const own = new Set(fields.map(({ key }) => key));
  const of = ({ field, problem }: FieldProblem): FieldProblem => {
    const what = ASKED.find((each) => each === field);
    return { field: what && !own.has(field) ? asked(place, what) : field, problem };
  };
  return { ...error, fields: error.fields.map(of) };
}
