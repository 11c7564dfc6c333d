import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emit } from "@tauri-apps/api/event";
import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { inject } from "vitest";
import {
  type Condition,
  type ContactProfile,
  commands,
  type FieldValue,
  type FileDrag,
  type ImportTarget,
  type NamedFile,
  type OperationRow,
  type Permission,
  type RecordKind,
  type ReviewAction,
  type Row,
} from "../bindings.ts";
import { call, progressChannel } from "../call.ts";
import { PASSCODE, Program } from "./program.ts";

/** What a desk begins with. */
export type DeskOptions = {
  /** Sample contacts, with their employers, users and students. */
  contacts?: number;
  /** So many of them wait; where none is said, as many as the sample leaves. */
  pending?: number;
  phase?: "ready" | "setup";
  /** The folder of a desk to begin with a copy of; otherwise an empty one. */
  from?: string;
  /** What the organization prescribes, as in a policy file. */
  policy?: Record<string, unknown>;
};

const THEIR_PASSCODE = "seven tin lanterns drift";
/** Events, by their names on the way. */
type Told = { "files-dragged": FileDrag; locked: null };

const quietly = () => progressChannel(() => {});
const WAITING: Condition = { field: "approval", op: "is", values: ["pending"] };

/** The real app on a desk of one test, and what the test may know of their talk. */
export class Desk {
  /** Milliseconds that answers stay away from the page, as on a computer that is busy. */
  latency = 0;
  /** Every command the page gave, in order. */
  readonly calls: { command: string; args: Record<string, unknown> }[] = [];
  /** The lists that were opened and not closed. */
  readonly lists = new Set<number>();
  private readonly held = new Map<string, Promise<void>>();
  private readonly answers = new Map<string, (args: never) => unknown>();
  private readonly program: Program;
  private readonly root = mkdtempSync(join(tmpdir(), "liaison-desk-"));
  private readonly dialogs = join(this.root, "dialogs");
  /** Where the desk lies. */
  readonly directory = join(this.root, "desk");

  constructor({ phase = "ready", from = inject("template").directory, policy = {} }: DeskOptions = {}) {
    const { directory } = this;
    if (phase === "setup") mkdirSync(directory);
    else cpSync(from, directory, { recursive: true });
    writeFileSync(this.dialogs, "");
    const prescribed = join(this.root, "policy.json");
    writeFileSync(prescribed, JSON.stringify(policy));
    const answers = { LIAISON_DIALOG_ANSWERS: this.dialogs, LIAISON_POLICY: prescribed };
    const env = { ...answers, ...(phase === "ready" ? { LIAISON_PASSCODE: PASSCODE } : {}) };
    this.program = new Program(
      directory,
      {
        event: (name, payload) => void emit(name, payload),
        channel: (channel, index, message) => {
          const { runCallback } = (window as unknown as { __TAURI_INTERNALS__: Internals }).__TAURI_INTERNALS__;
          runCallback(channel, { index, message });
        },
      },
      { env },
    );
    mockWindows("main");
    mockIPC((command, args) => this.answer(command, (args ?? {}) as Record<string, unknown>), {
      shouldMockEvents: true,
    });
  }

  /** Ends the app in the middle of what it does. */
  kill(): void {
    this.program.kill();
  }

  /** Ends the app; its folder goes. */
  end(): void {
    this.kill();
    rmSync(this.root, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Lets the app close the desk, which stays where it lies until `end`. */
  close(): Promise<void> {
    return this.program.close();
  }

  /** Answers a command in place of the app: for what a desk in a temporary folder can't come to. */
  stand<C extends string>(command: C, answer: (args: never) => unknown): void {
    this.answers.set(command, answer);
  }

  /** Keeps the answers to a command from the page, until the function it gives is called. */
  hold(command: string): () => void {
    let release = () => {};
    this.held.set(command, new Promise<void>((resolve) => (release = resolve)));
    return () => {
      this.held.delete(command);
      release();
    };
  }

  /** The next dialog of the system is answered with this file of the test's own folder, which gets this text. */
  chooses(name: string, text: string | Uint8Array = ""): string {
    const path = join(this.root, name);
    writeFileSync(path, text);
    appendFileSync(this.dialogs, `${path}\n`);
    return path;
  }

  /** A file of this text, named as by a dialog. */
  async file(name: string, text: string): Promise<NamedFile> {
    this.chooses(name, text);
    const file = await call(commands.importChoose());
    if (!file) throw new Error("no file was named");
    return file;
  }

  /** Tells the page what the system would let the window tell it: there is nobody to drag, and nobody waits for hours. */
  tell<E extends keyof Told>(event: E, payload: Told[E]): Promise<void> {
    return emit(event, payload);
  }

  /** A file of the desk rots: one byte at a place counted from its begin, or from its end, is another one. */
  rot(path: string, at: number): void {
    const bytes = readFileSync(path);
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 0xff;
    writeFileSync(path, bytes);
  }

  /** How often the page gave a command. */
  count(command: string): number {
    return this.calls.filter((each) => each.command === command).length;
  }

  /** The rows of a list that was never on the page. */
  async rows(kind: RecordKind, filter: Condition[] = [], columns: string[] = []): Promise<Row[]> {
    const { result, total } = await call(commands.listOpen({ kind, search: "", filter, sort: [] }));
    const rows: Row[] = [];
    while (rows.length < total) {
      const window = await call(commands.listWindow(result, rows.length, 200, columns));
      if (window.rows.length === 0) break;
      rows.push(...window.rows);
    }
    await call(commands.listClose(result));
    return rows;
  }

  /** How many records there are. */
  async total(kind: RecordKind, filter: Condition[] = []): Promise<number> {
    const { result, total } = await call(commands.listOpen({ kind, search: "", filter, sort: [] }));
    await call(commands.listClose(result));
    return total;
  }

  /** How many contacts wait. */
  async pending(): Promise<number> {
    return (await call(commands.queueCount())).pending;
  }

  contact(id: string): Promise<ContactProfile> {
    return call(commands.contactGet(id));
  }

  /** Some contact of this approval who can log in, or who has no account; rejected where there was none before. */
  async find(approval: string, hasUser = false): Promise<string> {
    const access: Condition = { field: "access", op: "is", values: [hasUser ? "on" : "none"] };
    const like = (values: string[]) => this.rows("contact", [{ ...WAITING, values }, access]);
    const there = (await like([approval]))[0]?.id;
    if (there || approval !== "rejected") return there ?? "";
    const id = (await like(["approved"]))[0]?.id ?? "";
    await this.review([id], { action: "reject" });
    return id;
  }

  /** Some contact of this name. */
  async named(name: string): Promise<string> {
    const anywhere = { ...WAITING, values: ["pending", "approved", "rejected"] };
    return (await this.rows("contact", [anywhere])).find((row) => row.name === name)?.id ?? "";
  }

  /** The fields that the last change of a record changed. */
  async changed(kind: RecordKind, id: string): Promise<string[]> {
    const [entry] = await call(commands.auditLog(kind, id));
    return entry?.fields.map(({ field }) => field) ?? [];
  }

  /** Adds a contact, and gives its id. */
  async add(values: Record<string, FieldValue>): Promise<string> {
    return (await call(commands.contactCreate(values))).id;
  }

  /** Changes a field of a contact, as somebody else would. */
  async change(id: string, field: string, after: FieldValue): Promise<void> {
    const before = (await this.contact(id)).values[field] ?? null;
    await call(commands.contactEdit(id, [{ field, before, after }]));
  }

  review(ids: string[], action: ReviewAction) {
    return call(commands.contactsReview({ by: "ids", ids }, action, quietly()));
  }

  /** Adds a colleague and hands the desk to them; `back` hands it back. */
  async colleague(first_name: string, last_name: string, permissions: Permission[]): Promise<void> {
    const email = `${first_name}.${last_name}@riverton.example`;
    const role = (await call(commands.staffRoleCreate({ name: `Role of ${first_name}`, permissions }))).id;
    const made = await call(commands.staffCreate({ first_name, last_name, email }, { by: "own", role }));
    await call(commands.staffPasscode(made.id, THEIR_PASSCODE, PASSCODE));
    await call(commands.unlock(THEIR_PASSCODE));
  }

  /** Hands the desk back to who set it up. */
  async back(): Promise<void> {
    await call(commands.unlock(PASSCODE));
  }

  /** Imports a file of contacts without anybody looking. */
  async importFile(name: string, text: string, target: ImportTarget): Promise<void> {
    const { token } = await this.file(name, text);
    const { session } = await call(commands.importOpen("contact", token, quietly()));
    await call(commands.importDryRun(session, target, quietly()));
    await call(commands.importAnswer(session, "possible_duplicate", null, "add"));
    await call(commands.importCommit(session, quietly()));
    await call(commands.importClose(session));
  }

  /** The last operation. */
  async last(): Promise<OperationRow | undefined> {
    const page = await call(commands.historyList({ actor: null, since: null, until: null, before: null, limit: 1 }));
    return page.rows[0];
  }

  /** Waits until it is open, and puts the records there that it begins with. */
  async begin({ contacts = 0, pending }: DeskOptions): Promise<void> {
    await call(commands.appState());
    if (contacts > 0) await call(commands.sampleCreate(contacts, quietly()));
    if (pending === undefined) return;
    const waiting = await this.rows("contact", [WAITING]);
    if (waiting.length < pending) throw new Error(`only ${waiting.length} of ${contacts} sample contacts wait`);
    const ids = waiting.slice(pending).map(({ id }) => id);
    if (ids.length > 0) await this.review(ids, { action: "approve" });
  }

  private async answer(command: string, args: Record<string, unknown>): Promise<unknown> {
    this.calls.push({ command, args });
    const stand = this.answers.get(command);
    const answered = stand ? Promise.resolve(args as never).then(stand) : this.program.call(command, args);
    const { latency } = this;
    const held = this.held.get(command);
    if (latency > 0 || held) {
      await answered.catch(() => {});
      await Promise.all([held, new Promise((resolve) => setTimeout(resolve, latency))]);
    }
    const value = await answered;
    if (command === "list_open") this.lists.add((value as { result: number }).result);
    if (command === "list_close") this.lists.delete(args.result as number);
    return value;
  }
}

type Internals = { runCallback: (channel: number, message: { index: number; message: unknown }) => void };
