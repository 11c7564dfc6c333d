import {
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
  /** What changes when a record of the kind does; queries about it begin with this. */
  tag: CacheTag;
  create?: (values: { [field: string]: FieldValue }) => Answer<Created>;
  edit?: (id: Id, edits: FieldEdit[]) => Answer<Done>;
};

/** What differs from kind to kind: cache tags, and commands of their own where the general ones don't do. */
const KINDS: Partial<Record<RecordKind, KindCommands>> = {
  contact: { tag: "contacts", create: commands.contactCreate, edit: commands.contactEdit },
  employer: { tag: "employers", create: commands.employerCreate, edit: commands.employerEdit },
  employer_user: { tag: "employer_users" },
  role: { tag: "roles" },
  note: { tag: "notes" },
  task: { tag: "activities" },
  meeting: { tag: "activities" },
  event: { tag: "activities" },
  participation: { tag: "activities" },
  interview_schedule: { tag: "activities" },
  job_listing: { tag: "activities" },
  experience: { tag: "activities" },
  email: { tag: "activities" },
  invitation: { tag: "invitations" },
  student: { tag: "students", create: commands.studentCreate, edit: commands.studentEdit },
  user_group: { tag: "groups", create: commands.groupCreate, edit: commands.groupEdit },
  onboarding_question: { tag: "onboarding", create: commands.onboardingCreate, edit: commands.onboardingEdit },
};

export function cacheTag(kind: RecordKind): CacheTag {
  return KINDS[kind]?.tag ?? "search";
}

/** How records of a kind are added and changed: by a command of their own, or as every kind is. */
export function kindCommands(kind: RecordKind) {
  const own = KINDS[kind];
  return {
    create: own?.create ?? ((values: { [field: string]: FieldValue }) => commands.recordCreate(kind, values)),
    edit: own?.edit ?? ((id: Id, edits: FieldEdit[]) => commands.recordEdit(kind, id, edits)),
  };
}
