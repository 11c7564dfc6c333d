import type { FieldSchema, RecordKind } from "~/ipc";

/** What a form asks first, in this order; everything else can be found under "More fields". */
const FOREMOST: Partial<Record<RecordKind, readonly string[]>> = {
  contact: ["first_name", "last_name", "email", "employer", "title", "work_phone"],
  employer: ["name", "website", "phone", "industry"],
  task: ["title", "contact", "student", "due_on", "assignee"],
  meeting: ["title", "contact", "starts_at", "ends_at", "location"],
};

/** Up to so many fields stand on the form at once. */
const SHOWN_AT_ONCE = 12;

export type Arranged = {
  /** Asked first, without a heading. */
  foremost: FieldSchema[];
  /** Shown below them. */
  shown: FieldSchema[];
  /** Only shown when somebody looks for them. */
  more: FieldSchema[];
};

/**
 * Which fields of a form are seen at once: those asked first, those that have a value or need one, and the one the form
 * was opened for. Where there are few, all are.
 */
export function arranged(
  kind: RecordKind,
  fields: FieldSchema[],
  filled: readonly string[] = [],
  focus?: string,
): Arranged {
  const order = FOREMOST[kind] ?? [];
  const foremost = order.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const others = fields.filter((field) => !foremost.includes(field));
  const isSeen = ({ key, required }: FieldSchema) => required || key === focus || filled.includes(key);
  if (order.length === 0 || fields.length <= SHOWN_AT_ONCE) return { foremost, shown: others, more: [] };
  return { foremost, shown: others.filter(isSeen), more: others.filter((field) => !isSeen(field)) };
}
