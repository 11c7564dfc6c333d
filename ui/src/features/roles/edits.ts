import type { FieldEdit } from "~/ipc";

/** What differs between two states of a role, as edits. */
export function roleEdits<P extends string>(
  before: { name: string; permissions: P[] },
  after: { name: string; permissions: P[] },
): FieldEdit[] {
  const edits: FieldEdit[] = [];
  if (before.name !== after.name) edits.push({ field: "name", before: before.name, after: after.name });
  if ([...before.permissions].sort().join() !== [...after.permissions].sort().join())
    edits.push({ field: "permissions", before: before.permissions, after: after.permissions });
  return edits;
}
