import { EXPORT_FIELDS, type ExportFormat } from "~/ipc";

/** Formats with rows and columns as somebody chooses them. */
export const TABLES: ExportFormat[] = ["csv", "xlsx"];

export const isTable = (format: ExportFormat) => TABLES.includes(format);

/** The fields of a person that a format has a place for, and those it has none for; null where it has one for every field. */
export function fieldsIncluded(format: ExportFormat): { held: string[]; leftOut: string[] } | null {
  const held = EXPORT_FIELDS[format];
  if (held === undefined) return null;
  // Cards hold all there is about a person.
  const leftOut = (EXPORT_FIELDS.vcard4 ?? []).filter((key) => !held.includes(key));
  return { held: [...held], leftOut };
}
