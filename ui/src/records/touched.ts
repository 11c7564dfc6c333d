import type { Condition, Id, RecordKind } from "~/ipc";

/** That a record came into being in this step, for example in one import. */
export function createdIn(step: Id): Condition {
  return { field: "created_in", op: "is", values: [step] };
}

/** That this step changed a record. */
export function changedIn(step: Id): Condition {
  return { field: "changed_in", op: "is", values: [step] };
}

/** The step that a condition is about; null for conditions on fields. */
export function stepOf({ field, values }: Condition): Id | null {
  return field === "created_in" || field === "changed_in" ? (values[0] ?? null) : null;
}

const LISTS = {
  contact: "/contacts",
  employer: "/employers",
  student: "/students",
  task: "/tasks",
  meeting: "/meetings",
  event: "/events",
  interview_schedule: "/interviews",
  job_listing: "/listings",
  experience: "/experiences",
} as const satisfies { [kind in RecordKind]?: string };

/** Where the records of a kind are listed; null for kinds without a list of their own. */
export function listOf(kind: RecordKind): (typeof LISTS)[keyof typeof LISTS] | null {
  return kind in LISTS ? LISTS[kind as keyof typeof LISTS] : null;
}
