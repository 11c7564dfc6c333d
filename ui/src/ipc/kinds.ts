import type { CacheTag, CommandError, Created, Done, FieldEdit, FieldValue, Id, RecordKind } from "./bindings.ts";
import { commands } from "./bindings.ts";

type Answer<T> = Promise<{ status: "ok"; data: T } | { status: "error"; error: CommandError }>;

type KindCommands = {
  /** What changes when a record of the kind does; queries about it begin with this. */
  tag: CacheTag;
  create?: (values: { [field: string]: FieldValue }) => Answer<Created>;
  edit?: (id: Id, edits: FieldEdit[]) => Answer<Done>;
};

/** What every kind of record needs from Rust beside the lists, which are the same for all. A new kind is a line here. */
const KINDS: Partial<Record<RecordKind, KindCommands>> = {
  contact: { tag: "contacts", create: commands.contactCreate, edit: commands.contactEdit },
  employer: { tag: "employers", create: commands.employerCreate, edit: commands.employerEdit },
  employer_user: { tag: "employer_users" },
  role: { tag: "roles" },
  note: { tag: "notes" },
};

export function cacheTag(kind: RecordKind): CacheTag {
  return KINDS[kind]?.tag ?? "search";
}

export function kindCommands(kind: RecordKind): KindCommands | undefined {
  return KINDS[kind];
}
