import type { FieldEdit, FieldValue } from "~/ipc";
import { sameValue } from "./values.ts";

type Values = { [field: string]: FieldValue | undefined };

export const isNothing = (value: FieldValue) =>
  value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0);

/** An empty text or list and a flag that is off are sent as nothing, as Rust keeps them. */
const sent = (value: FieldValue | undefined) => (value === undefined || isNothing(value) ? null : value);

/** What a form changed, field by field, each with the value it had before. Nothing for nothing is no change. */
export function editsOf(before: Values, after: Values): FieldEdit[] {
  return Object.keys(after).flatMap<FieldEdit>((field) => {
    const was = sent(before[field]);
    const is = sent(after[field]);
    return sameValue(was, is) ? [] : [{ field, before: was, after: is }];
  });
}
