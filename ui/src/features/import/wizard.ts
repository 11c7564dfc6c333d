import { useSyncExternalStore } from "react";
import {
  call,
  commandError,
  commands,
  type DryRun,
  type ImportAnswer,
  type ImportDone,
  type ImportOpened,
  type ImportOutcome,
  type ImportRow,
  type ImportTarget,
  type NamedFile,
  type Progress,
  progressChannel,
  type ReadOptions,
  type RecordKind,
} from "~/ipc";
import { assign, type Mapping, sameMapping } from "./mapping.ts";

export type Step = "file" | "columns" | "check" | "done";
export const STEPS: Step[] = ["file", "columns", "check", "done"];

type Work = "opening" | "checking" | "importing";

/** An import on its way. It outlives its page: one can look something up elsewhere and come back to it. */
export type Wizard = {
  /** What the rows of the next file are, or of the one that is open. */
  kind: RecordKind;
  opened: ImportOpened | null;
  /** What somebody chose about how the file is read; null leaves it to the reader. */
  options: ReadOptions;
  mapping: Mapping;
  target: ImportTarget;
  /** New users get the welcome message. */
  welcome: boolean;
  /** What the dry run found, with what it was made; fixes change the counts. */
  checked: { counts: DryRun; mapping: Mapping; target: ImportTarget } | null;
  /** Rows as they are after their fixes, by index. */
  fixed: ReadonlyMap<number, ImportRow>;
  /** What was answered to all questions of a kind. */
  answeredAll: { [about in ImportOutcome]?: ImportAnswer };
  /** Rises with every dry run and fix: what was read of the rows before is stale. */
  revision: number;
  done: (ImportDone & { kind: RecordKind; file: string; target: ImportTarget; startedAt: number }) | null;
  work: { what: Work; progress: Progress } | null;
  error: unknown;
};

const AS_FOUND: ReadOptions = { encoding: null, separator: null, sheet: null, header_row: null, date_order: null };

const NOTHING: Wizard = {
  kind: "contact",
  opened: null,
  options: AS_FOUND,
  mapping: [],
  target: "directory",
  welcome: true,
  checked: null,
  fixed: new Map(),
  answeredAll: {},
  revision: 0,
  done: null,
  work: null,
  error: null,
};

let state: Wizard = NOTHING;
const listeners = new Set<() => void>();

function set(part: Partial<Wizard>) {
  state = { ...state, ...part };
  for (const listener of listeners) listener();
}

export function useWizard(): Wizard {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Whether a step can be shown with what is there. */
export function isReachable({ opened, checked, done }: Wizard, step: Step): boolean {
  switch (step) {
    case "file":
      return true;
    case "columns":
      return opened !== null && done === null;
    case "check":
      return opened !== null && checked !== null && done === null;
    case "done":
      return done !== null;
  }
}

/** The step to show for the one asked for: where work is under way its step, else the nearest that has something to show. */
export function stepFor(wizard: Wizard, asked: Step): Step {
  if (wizard.work?.what === "checking") return "columns";
  if (wizard.work?.what === "importing") return "check";
  if (isReachable(wizard, asked)) return asked;
  return wizard.done ? "done" : "file";
}

/** The dry run still says what will happen: neither columns nor target were changed since. */
export function isChecked({ checked, mapping, target }: Wizard): boolean {
  return checked !== null && checked.target === target && sameMapping(checked.mapping, mapping);
}

/** Does the work, showing how far it is. True if it was done to the end; what went wrong is in `error`. */
async function work<T>(what: Work, run: (progress: (at: Progress) => void) => Promise<T>, then: (answer: T) => void) {
  if (state.work) return false;
  set({ work: { what, progress: { done: 0, total: 0 } }, error: null });
  let isRunning = true;
  try {
    // Progress may come later than the answer: it must not make finished work look unfinished.
    const answer = await run((progress) => isRunning && set({ work: { what, progress } }));
    then(answer);
    return true;
  } catch (error) {
    set({ error });
    return false;
  } finally {
    isRunning = false;
    set({ work: null });
  }
}

/** Takes up a file that was opened. What was open before is closed. */
function takeUp(opened: ImportOpened, kind: RecordKind, options = AS_FOUND) {
  if (state.opened) void commands.importClose(state.opened.session);
  const mapping = opened.columns.map((column) => column.field);
  set({ ...NOTHING, kind, opened, options, mapping, revision: state.revision + 1 });
}

/** Reads a file that somebody named as rows of a kind. */
export function openFile(file: NamedFile, kind: RecordKind): Promise<boolean> {
  return work(
    "opening",
    (onProgress) => call(commands.importOpen(kind, file.token, progressChannel(onProgress))),
    (opened) => takeUp(opened, kind),
  );
}

/** Says what the rows are. A file that is open is read anew as that. */
export async function setKind(kind: RecordKind) {
  if (kind === state.kind) return;
  const { opened, done, options } = state;
  if (opened === null || done !== null) {
    set({ kind, error: null });
    return;
  }
  await openAgain(opened.session, kind, options);
}

/** Reads the open file anew with another choice about it; what was chosen before stays. */
export async function reread(part: Partial<ReadOptions>) {
  const { opened, kind, options } = state;
  if (opened) await openAgain(opened.session, kind, { ...options, ...part });
}

function openAgain(session: number, kind: RecordKind, options: ReadOptions) {
  return work(
    "opening",
    (onProgress) => call(commands.importOpenAgain(session, kind, options, progressChannel(onProgress))),
    (again) => takeUp(again, kind, options),
  );
}

/** Asks for a file and reads it; false where the person thought better. */
export async function chooseFile(): Promise<boolean> {
  try {
    const file = await call(commands.importChoose());
    return file === null ? false : await openFile(file, state.kind);
  } catch (error) {
    set({ error });
    return false;
  }
}

export function setField(column: number, field: string | null) {
  set({ mapping: assign(state.mapping, column, field), error: null });
}

export function setTarget(target: ImportTarget) {
  set({ target, error: null });
}

/** Decides every row without writing. Keeps the dry run there is while it still holds. */
export async function check(): Promise<boolean> {
  const { opened, mapping, target } = state;
  if (!opened) return false;
  if (isChecked(state)) return true;
  return work(
    "checking",
    async (onProgress) => {
      await call(commands.importMap(opened.session, mapping));
      return call(commands.importDryRun(opened.session, target, progressChannel(onProgress)));
    },
    (counts) => set({ checked: { counts, mapping, target }, fixed: new Map(), revision: state.revision + 1 }),
  );
}

/** Corrects one cell; the row's new outcome, or null where that could not be found out. */
export async function fixCell(index: number, column: number, text: string): Promise<ImportRow | null> {
  const { opened } = state;
  if (!opened) return null;
  try {
    const { row, counts } = await call(commands.importFix(opened.session, index, column, text));
    const checked = state.checked ? { ...state.checked, counts } : null;
    set({ checked, fixed: new Map(state.fixed).set(index, row), revision: state.revision + 1, error: null });
    return row;
  } catch (error) {
    set({ error });
    return null;
  }
}

/** Answers the question about a row, or with `index` null all questions of its kind; `answer` null asks again. */
export async function answer(about: ImportOutcome, index: number | null, answer: ImportAnswer | null): Promise<void> {
  const { opened } = state;
  if (!opened) return;
  try {
    const counts = await call(commands.importAnswer(opened.session, about, index, answer));
    const checked = state.checked ? { ...state.checked, counts } : null;
    const { [about]: _before, ...others } = state.answeredAll;
    const all = index !== null ? state.answeredAll : answer === null ? others : { ...others, [about]: answer };
    set({ checked, answeredAll: all, fixed: new Map(), revision: state.revision + 1, error: null });
  } catch (error) {
    set({ error });
  }
}

/** How many rows still can't be imported. */
export function failedLeft(): number {
  return state.checked?.counts.failed ?? 0;
}

/** Decides every row again after something they name was added. Fixes stay; the page stays where it is. */
export async function checkAgain(): Promise<void> {
  const { opened, mapping, target } = state;
  if (!opened) return;
  try {
    const counts = await call(
      commands.importDryRun(
        opened.session,
        target,
        progressChannel(() => {}),
      ),
    );
    set({ checked: { counts, mapping, target }, fixed: new Map(), revision: state.revision + 1, error: null });
  } catch (error) {
    set({ error });
  }
}

/** Writes the import: all of it, or nothing. What came of it; null where it was stopped or could not be done. */
export async function commit(): Promise<Wizard["done"]> {
  const { opened, target, welcome } = state;
  if (!opened) return null;
  const startedAt = Date.now();
  const isDone = await work(
    "importing",
    async (onProgress) => {
      if (opened.kind === "student") await call(commands.importWelcome(opened.session, welcome));
      return call(commands.importCommit(opened.session, progressChannel(onProgress)));
    },
    (done) => set({ done: { ...done, kind: opened.kind, file: opened.file, target, startedAt } }),
  );
  return isDone ? state.done : null;
}

/** Chooses whether new users get the welcome message. */
export function setWelcome(welcome: boolean) {
  set({ welcome });
}

/** Asks the running dry run or import to stop. */
export function stop() {
  if (state.opened) void commands.importCancel(state.opened.session);
}

/** Forgets the import, for another. */
export function startOver() {
  if (state.opened) void commands.importClose(state.opened.session);
  set({ ...NOTHING, kind: state.kind, revision: state.revision + 1 });
}

/** Stopping is no fault: what was asked for happened. */
export function isCancelled(error: unknown): boolean {
  return error !== null && commandError(error).code === "cancelled";
}
