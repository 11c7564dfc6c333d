// DRAFT of the file that `cargo xtask bindings` will generate from Rust (tauri-specta). Same names, same shapes.
// Every command answers {status:"ok",data} | {status:"error",error:CommandError}.
import { invoke as TAURI_INVOKE, Channel } from "@tauri-apps/api/core";

export type Result<T, E> = { status: "ok"; data: T } | { status: "error"; error: E };

export type Id = string; // UUIDv7, lowercase with hyphens

// ---------- errors ----------
export type CommandError =
  | { code: "validation"; fields: FieldProblem[] }
  | { code: "not_found"; what: string }
  | { code: "conflict"; fields: FieldConflict[] } // somebody changed the field since the form was opened
  | { code: "denied"; permission: string }
  | { code: "frozen" } // the contact is rejected; its data is frozen until it is approved again
  | { code: "unreadable_file"; problem: FileProblem; detail: string }
  | { code: "locked" } // the database is locked: ask for the passcode
  | { code: "wrong_passcode" }
  | { code: "keychain"; detail: string } // the key cannot be read; nothing was changed
  | { code: "busy" } // another process holds the database
  | { code: "cancelled" }
  | { code: "internal"; incident: string };
export type FieldProblem = { field: string; problem: Problem };
export type Problem = // what is wrong with a value
  | { kind: "required" } | { kind: "too_long"; max: number } | { kind: "not_an_email" } | { kind: "not_a_url" }
  | { kind: "not_a_phone" } | { kind: "not_a_date" } | { kind: "not_a_choice"; choices: string[] } | { kind: "not_editable" }
  | { kind: "not_yes_or_no" } | { kind: "not_a_number" } | { kind: "unknown_field" } | { kind: "unknown_reference" } | { kind: "in_use"; by: string };
export type FileProblem = "not_found" | "too_large" | "not_recognised" | "empty" | "damaged" | "too_many_rows" | "too_many_columns" | "encoding";
export type FieldConflict = { field: string; base: FieldValue; mine: FieldValue; theirs: FieldValue; by: string; at: number };

// ---------- values and the field registry ----------
export type FieldValue = null | string | boolean | number | string[]; // references: the id as string; moments: ms since 1970
export type RecordKind = "contact" | "employer" | "employer_user" | "role" | "note" | "staff" | "institution";
export type FieldType =
  | { type: "text"; max: number } | { type: "long_text"; max: number } | { type: "email" } | { type: "phone" } | { type: "url" }
  | { type: "choice"; choices: string[] } | { type: "reference"; kind: RecordKind } | { type: "flag" } | { type: "number" } | { type: "date" }
  | { type: "moment" } | { type: "list" };
export type FieldGroup = "name" | "work" | "reach" | "address" | "online" | "about" | "status";
export type FieldSchema = {
  key: string; label: string; field_type: FieldType; group: FieldGroup; required: boolean; editable: boolean;
  importable: boolean; filterable: boolean; sortable: boolean; searchable: boolean; bulk_editable: boolean; auto_synced: boolean;
};
export type KindSchema = { kind: RecordKind; fields: FieldSchema[] };
// contact fields, in order: name_prefix first_name* middle_name last_name* name_suffix preferred_name pronouns email* email_2 email_3
//  title department employer(ref) work_phone mobile_phone home_phone other_phone fax street city region postal_code country
//  website linkedin social labels(list) description(long_text)
//  source(choice: oci_interviewer employer_user_sign_up experiential_learning_supervisor event_contact job_fair_registration interviewer task admin import)
//  added_by(text) approval(choice: pending approved rejected) visibility(choice: myself career_advisors students)
//  auto_sync(flag) owner(ref staff) created_at(moment)
// employer fields: name* website email phone industry street city region postal_code country description labels primary_contact(ref contact) created_at

// ---------- start ----------
export type AppPhase = "setup" | "locked" | "ready" | "keychain_error";
export type AppState = { phase: AppPhase; institution: string | null; actor: ActorInfo | null; keychain: boolean; version: string;
  /** A file the app was opened with ("Open with Liaison"): start the import with it. */ open_file: string | null; locale: string; keychain_problem: string | null };
export type ActorInfo = { id: Id; name: string; email: string; role: "administrator" | "advisor" | "viewer"; permissions: string[] };
export type SetupInput = { institution: string; first_name: string; last_name: string; email: string;
  /** Needed where there is no OS keychain; otherwise optional. */ passcode: string | null; sample_contacts: number | null };
export type SetupDone = { recovery_key: string };

// ---------- lists of any length ----------
export type FilterOp = "is" | "is_not" | "contains" | "starts_with" | "is_empty" | "is_not_empty" | "before" | "after";
export type Condition = { field: string; op: FilterOp; values: string[] };
export type SortKey = { field: string; descending: boolean }; // field "name" sorts by last, first
export type ListQuery = { kind: RecordKind; search: string; filter: Condition[]; sort: SortKey[] };
// Contacts: without a condition on `approval` the directory shows approved contacts only (M27).
export type ListOpened = { result: number; total: number };
export type Cell = { value: FieldValue; /** words for a reference or the display form */ text: string | null };
export type Row = { id: Id; name: string; cells: Cell[] }; // cells follow the asked columns
export type Window = { offset: number; rows: Row[] };
export type Selection = { by: "ids"; ids: Id[] } | { by: "result"; result: number; except: Id[] };

// ---------- changes ----------
export type Done = { operation: Id | null; /** records changed */ changed: number; /** already so, or frozen … */ skipped: number; /** linked employer users changed */ users: number };
export type Created = { id: Id; operation: Id };
export type FieldEdit = { field: string; /** value when the form was opened, to notice changes in between */ before: FieldValue; after: FieldValue };

// ---------- contacts ----------
export type Chips = { approval: string; visibility: string; access: AccessChip };
export type AccessChip = { state: "none" } | { state: "on"; role: string } | { state: "off"; role: string };
export type LinkedUser = { id: Id; name: string; email: string; employer: string | null; role: string; access: boolean; last_log_in: number | null };
export type EmployerBrief = { id: Id; name: string; website: string | null; city: string | null; contacts: number };
export type ContactProfile = {
  id: Id; name: string; values: { [field: string]: FieldValue }; chips: Chips; employer: EmployerBrief | null; user: LinkedUser | null;
  owner: string | null; is_primary: boolean; deleted: boolean; frozen: boolean; notes: number; changes: number;
};
export type ReviewAction = { action: "approve" } | { action: "approve_and_assign"; role: Id } | { action: "reject" } | { action: "reject_and_revoke" };
/** What a review action would do, before it does it. */
export type ReviewPreview = { contacts: number; skipped: number; users: number; can_still_log_in: number };
export type QueueCount = { pending: number };
/** A contact already in the directory that may be the same person. */
export type Likeness = { id: Id; name: string; email: string; employer: string | null; title: string | null; approval: string; reasons: ("same_email" | "same_name" | "same_phone" | "same_employer")[] };

// ---------- notes ----------
export type Note = { id: Id; text: string; author: string; created_at: number; edited: boolean };

// ---------- audit, history, undo ----------
export type AuditEntry = { operation: Id; kind: string; at: number; actor: string; device: string; created: boolean; fields: AuditField[]; undone: boolean };
export type AuditField = { field: string; before: Cell; after: Cell; erased: boolean };
export type OperationRow = { id: Id; kind: string; at: number; actor: string; device: string; count: number; detail: string; subject: string | null; subject_id: Id | null; subject_kind: RecordKind | null; undone: boolean; undoes: Id | null };
export type HistoryQuery = { search: string; kind: string | null; actor: Id | null; before: Id | null; limit: number };
export type HistoryPage = { rows: OperationRow[]; total: number };
export type ChangePage = { total: number; changes: { record: Id; kind: RecordKind; name: string; created: boolean; fields: AuditField[] }[] };
export type UndoPreview = { operation: OperationRow; records: number; can_undo: number; conflicts: UndoConflict[]; conflicts_total: number };
export type UndoConflict = { record: Id; name: string; field: string | null; was: Cell; now: Cell; by: string; at: number; reason: "changed_since" | "frozen" | "gone" };
export type UndoMode = "keep_later_changes" | "overwrite_later_changes";

// ---------- employers ----------
export type EmployerProfile = { id: Id; name: string; values: { [field: string]: FieldValue }; primary_contact: string | null; contacts: number; users: number; deleted: boolean };
export type RoleInfo = { id: Id; name: string; built_in: boolean; users: number };

// ---------- import ----------
export type ImportFormat = "csv" | "xlsx" | "vcard";
export type ImportTarget = "directory" | "queue";
export type ImportOpened = { session: number; file: string; format: ImportFormat; encoding: string | null; separator: string | null; rows: number;
  preset: string | null; /** handshake google google_legacy outlook thunderbird liaison vcard, or null */ columns: ImportColumn[]; remembered: boolean };
export type Confidence = "certain" | "likely" | "guess" | "none";
export type ImportColumn = { index: number; header: string; samples: string[]; field: string | null; confidence: Confidence };
export type ImportOutcome = "created" | "updated" | "skipped" | "failed";
export type DryRun = { created: number; updated: number; skipped: number; failed: number; employers_created: number; cancelled: boolean };
export type ImportRow = { row: number; /** 1-based line as the person sees it */ outcome: ImportOutcome; name: string; email: string;
  changes: { field: string; before: Cell; after: Cell }[]; problems: { field: string | null; column: number | null; problem: ImportProblem }[]; cells: string[] };
export type ImportProblem = { kind: "value"; problem: Problem } | { kind: "duplicate_in_file"; row: number } | { kind: "frozen" } | { kind: "nothing_to_change" }
  | { kind: "ambiguous_email" } | { kind: "blank_row" };
export type ImportRows = { total: number; rows: ImportRow[] };
export type ImportDone = { operation: Id | null; created: number; updated: number; skipped: number; failed: number };
export type Progress = { done: number; total: number };

// ---------- events ----------
// "records-changed": payload CacheTag[]; the UI refetches what it shows.
export type CacheTag = "contacts" | "employers" | "employer_users" | "roles" | "notes" | "history" | "queue" | "institution" | "search";

const call = async <T>(command: string, args?: Record<string, unknown>): Promise<Result<T, CommandError>> => {
  try { return { status: "ok", data: await TAURI_INVOKE<T>(command, args) }; } catch (error) {
    if (error instanceof Error) throw error;
    return { status: "error", error: error as CommandError };
  }
};
export const commands = {
  appState: () => call<AppState>("app_state"),
  setupCreate: (input: SetupInput) => call<SetupDone>("setup_create", { input }),
  unlock: (passcode: string) => call<null>("unlock", { passcode }),
  schema: () => call<KindSchema[]>("schema"),

  listOpen: (query: ListQuery) => call<ListOpened>("list_open", { query }),
  listWindow: (result: number, offset: number, limit: number, columns: string[]) => call<Window>("list_window", { result, offset, limit, columns }),
  listPosition: (result: number, id: Id) => call<number | null>("list_position", { result, id }),
  listClose: (result: number) => call<null>("list_close", { result }),

  queueCount: () => call<QueueCount>("queue_count"),
  contactGet: (id: Id) => call<ContactProfile>("contact_get", { id }),
  contactCreate: (values: { [field: string]: FieldValue }) => call<Created>("contact_create", { values }),
  contactEdit: (id: Id, edits: FieldEdit[]) => call<Done>("contact_edit", { id, edits }),
  contactsReviewPreview: (selection: Selection, action: ReviewAction) => call<ReviewPreview>("contacts_review_preview", { selection, action }),
  contactsReview: (selection: Selection, action: ReviewAction, progress: Channel<Progress>) => call<Done>("contacts_review", { selection, action, progress }),
  contactLikenesses: (id: Id) => call<Likeness[]>("contact_likenesses", { id }),

  notesList: (contact: Id) => call<Note[]>("notes_list", { contact }),
  noteAdd: (contact: Id, text: string) => call<Created>("note_add", { contact, text }),
  noteEdit: (id: Id, text: string) => call<Done>("note_edit", { id, text }),
  noteDelete: (id: Id) => call<Done>("note_delete", { id }),

  auditLog: (kind: RecordKind, id: Id) => call<AuditEntry[]>("audit_log", { kind, id }),
  historyList: (query: HistoryQuery) => call<HistoryPage>("history_list", { query }),
  historyChanges: (operation: Id, offset: number, limit: number) => call<ChangePage>("history_changes", { operation, offset, limit }),
  undoPreview: (operation: Id) => call<UndoPreview>("undo_preview", { operation }),
  undo: (operation: Id, mode: UndoMode, progress: Channel<Progress>) => call<Done>("undo", { operation, mode, progress }),

  employerGet: (id: Id) => call<EmployerProfile>("employer_get", { id }),
  employerCreate: (values: { [field: string]: FieldValue }) => call<Created>("employer_create", { values }),
  employerEdit: (id: Id, edits: FieldEdit[]) => call<Done>("employer_edit", { id, edits }),
  /** For pickers: up to 20 employers whose name starts with or contains the text, best first. */
  employersSuggest: (text: string) => call<EmployerBrief[]>("employers_suggest", { text }),
  rolesList: () => call<RoleInfo[]>("roles_list"),

  /** Opens the system's file dialog; null when dismissed. */
  importChoose: () => call<string | null>("import_choose"),
  importOpen: (path: string) => call<ImportOpened>("import_open", { path }),
  importMap: (session: number, fields: (string | null)[]) => call<null>("import_map", { session, fields }), // remembered for these headers
  importDryRun: (session: number, target: ImportTarget, progress: Channel<Progress>) => call<DryRun>("import_dry_run", { session, target, progress }),
  importRows: (session: number, outcome: ImportOutcome | null, offset: number, limit: number) => call<ImportRows>("import_rows", { session, outcome, offset, limit }),
  importFix: (session: number, row: number, column: number, text: string) => call<{ row: ImportRow; counts: DryRun }>("import_fix", { session, row, column, text }),
  importCommit: (session: number, progress: Channel<Progress>) => call<ImportDone>("import_commit", { session, progress }),
  importCancel: (session: number) => call<null>("import_cancel", { session }), // stops a running dry run or commit; nothing is written
  importClose: (session: number) => call<null>("import_close", { session }),
  importSaveErrors: (session: number) => call<string | null>("import_save_errors", { session }), // save dialog; the path, or null
  importSaveTemplate: () => call<string | null>("import_save_template"),

  verifyAll: () => call<{ database_ok: boolean; chain_ok: boolean; operations: number; problem: string | null }>("verify_all"),
};
