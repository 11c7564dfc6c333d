import type { FieldSchema, FieldValue } from "~/ipc";

/** What a form holds: text for everything that is typed, so that nothing typed is lost before Rust has judged it. */
export type FormValue = string | boolean | string[];
export type FormValues = { [field: string]: FormValue };

export function toForm(field: FieldSchema, value: FieldValue | undefined): FormValue {
  switch (field.field_type.type) {
    case "flag":
      return value === true;
    case "list":
      return Array.isArray(value) ? value : [];
    default:
      return value === null || value === undefined ? "" : String(value);
  }
}

/** Blank text is no value. Numbers that can't be read stay text: Rust says what is wrong with them. */
export function fromForm(field: FieldSchema, value: FormValue | undefined): FieldValue {
  if (value === undefined) return null;
  if (typeof value === "boolean" || Array.isArray(value)) return value;
  const text = value.trim();
  if (text === "") return null;
  const isWhole = field.field_type.type === "number" || field.field_type.type === "moment";
  if (isWhole && /^-?\d+$/.test(text)) return Number(text);
  return field.field_type.type === "long_text" ? value.replace(/\s+$/, "") : text;
}

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
