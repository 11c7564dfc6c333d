import type { FieldEdit, FieldSchema, FieldValue } from "~/ipc";
import { sameValue } from "./values.ts";

export const isNothing = (value: FieldValue) =>
  value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0);

/** What a form changed, field by field, each with the value it had before. Nothing for nothing is no change. */
export function editsOf(
  fields: FieldSchema[],
  before: { [field: string]: FieldValue | undefined },
  after: { [field: string]: FieldValue | undefined },
): FieldEdit[] {
  return fields.flatMap<FieldEdit>(({ key }) => {
    const was = before[key] ?? null;
    const is = after[key] ?? null;
    return sameValue(was, is) || (isNothing(was) && isNothing(is)) ? [] : [{ field: key, before: was, after: is }];
  });
}
