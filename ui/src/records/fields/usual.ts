import type { RecordKind } from "~/ipc";

/** The fields people ask for most, in the order of lists of fields; the rest follows in the groups of the profile. */
const USUAL: { [kind in RecordKind]?: readonly string[] } = {
  contact: [
    "employer",
    "approval",
    "visibility",
    "source",
    "owner",
    "labels",
    "title",
    "access",
    "last_heard",
    "created_at",
  ],
  employer: ["industry", "city", "region", "labels", "primary_contact", "created_at"],
  employer_user: ["employer", "role", "access", "last_log_in", "created_at"],
  student: ["status", "assigned_to", "user_group", "standing", "major", "graduation_year", "invited_at", "last_log_in"],
};

const NONE: readonly string[] = [];

export function usualFields(kind: RecordKind): readonly string[] {
  return USUAL[kind] ?? NONE;
}
