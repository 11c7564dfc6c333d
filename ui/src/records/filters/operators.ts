import type { Condition, FieldSchema, FilterOp } from "~/ipc";
import { splitPeriod } from "~/ipc/period.ts";

const TEXT: FilterOp[] = ["contains", "is", "is_not", "starts_with", "is_empty", "is_not_empty"];
const CHOSEN: FilterOp[] = ["is", "is_not", "is_empty", "is_not_empty"];
const MOMENT: FilterOp[] = ["before", "after", "longer_ago_than", "within_last", "is_empty", "is_not_empty"];

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

/** Whether it compares with a span of time that ends now, for example "18 months". */
export function isPeriod(op: FilterOp): boolean {
  return op === "longer_ago_than" || op === "within_last";
}

/** Whether a condition says something; a half-made one does not go into the address. */
export function isComplete(condition: Condition): boolean {
  if (isPeriod(condition.op)) return condition.values.length > 0 && condition.values.every(isWholePeriod);
  return !needsValue(condition.op) || condition.values.some((value) => value.trim() !== "");
}

function isWholePeriod(value: string): boolean {
  const { amount } = splitPeriod(value);
  return amount >= 1 && amount <= 9_999;
}
