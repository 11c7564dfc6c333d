import type { Condition, FieldSchema, FilterOp } from "~/ipc";

const TEXT: FilterOp[] = ["contains", "is", "is_not", "starts_with", "is_empty", "is_not_empty"];
const CHOSEN: FilterOp[] = ["is", "is_not", "is_empty", "is_not_empty"];
const MOMENT: FilterOp[] = ["before", "after", "is_empty", "is_not_empty"];

/** How a field of this type can be compared, the most useful first. */
export function operatorsFor(field: FieldSchema): FilterOp[] {
  switch (field.field_type.type) {
    case "choice":
      // A field that review or the program sets is never empty.
      return field.editable && !field.required ? CHOSEN : ["is", "is_not"];
    case "reference":
      return CHOSEN;
    case "flag":
      return ["is"];
    case "number":
      return ["is", "is_not", "is_empty", "is_not_empty"];
    case "date":
    case "moment":
      return MOMENT;
    case "list":
      return CHOSEN;
    default:
      return TEXT;
  }
}

export function needsValue(op: FilterOp): boolean {
  return op !== "is_empty" && op !== "is_not_empty";
}

/** Whether a condition says something; a half-made one does not go into the address. */
export function isComplete(condition: Condition): boolean {
  return !needsValue(condition.op) || condition.values.some((value) => value.trim() !== "");
}
