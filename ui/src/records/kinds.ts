import {
  CACHE_TAGS,
  type CacheTag,
  type CommandError,
  type Created,
  commands,
  type Done,
  type FieldEdit,
  type FieldValue,
  type Id,
  type RecordKind,
} from "~/ipc";

type Answer<T> = Promise<{ status: "ok"; data: T } | { status: "error"; error: CommandError }>;

type KindCommands = {
  create: (values: { [field: string]: FieldValue }) => Answer<Created>;
  edit: (id: Id, edits: FieldEdit[]) => Answer<Done>;
};

/** Commands of their own, where the general ones don't do. */
const KINDS: Partial<Record<RecordKind, KindCommands>> = {
  contact: { create: commands.contactCreate, edit: commands.contactEdit },
  employer: { create: commands.employerCreate, edit: commands.employerEdit },
  student: { create: commands.studentCreate, edit: commands.studentEdit },
  user_group: { create: commands.groupCreate, edit: commands.groupEdit },
  onboarding_question: { create: commands.onboardingCreate, edit: commands.onboardingEdit },
};

/** What changes when a record of the kind does; queries about it begin with this. */
export function cacheTag(kind: RecordKind): CacheTag {
  return CACHE_TAGS[kind][0];
}

/** How records of a kind are added and changed: by a command of their own, or as every kind is. */
export function kindCommands(kind: RecordKind) {
  const own = KINDS[kind];
  return {
    create: own?.create ?? ((values: { [field: string]: FieldValue }) => commands.recordCreate(kind, values)),
    edit: own?.edit ?? ((id: Id, edits: FieldEdit[]) => commands.recordEdit(kind, id, edits)),
  };
}
