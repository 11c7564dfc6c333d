import type { Confidence, FieldSchema, ImportColumn, RecordKind } from "~/ipc";

/** For each column of the file the field it becomes; null leaves it out. */
export type Mapping = (string | null)[];

/** A whole name in one column; Rust takes it apart. */
export const FULL_NAME = "full_name";
const NAME_PARTS = ["first_name", "last_name"];

/** How a column came to its field: as guessed, as the person chose, or not at all. */
export type Certainty = Confidence | "chosen" | "left_out";

/** Gives a column a field. Each field has one column: another that had it is left out from now on. */
export function assign(mapping: Mapping, column: number, field: string | null): Mapping {
  return mapping.map((has, n) => (n === column ? field : field !== null && has === field ? null : has));
}

/** Required fields that no column becomes. A whole name holds first and last name. */
export function missing(mapping: Mapping, fields: FieldSchema[]): string[] {
  const has = new Set(mapping);
  return fields
    .filter(({ required, importable }) => required && importable)
    .map(({ key }) => key)
    .filter((key) => !has.has(key) && !(NAME_PARTS.includes(key) && has.has(FULL_NAME)));
}

/** Without an e-mail address no contact can be matched or added; of other kinds any column is a beginning. */
export function canCheck(kind: RecordKind, mapping: Mapping): boolean {
  return kind === "contact" ? mapping.includes("email") : mapping.some((field) => field !== null);
}

export function certainty(column: ImportColumn, field: string | null): Certainty {
  if (field === null) return "left_out";
  return field === column.field ? column.confidence : "chosen";
}

/** Whether two mappings say the same. */
export function sameMapping(a: Mapping, b: Mapping): boolean {
  return a.length === b.length && a.every((field, n) => field === b[n]);
}
