import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What opens the desks of the tests. */
export const PASSCODE = "correct horse battery staple";

type Answer = { id: number; ok?: unknown; error?: unknown };
type Message =
  | Answer
  | { event: string; payload: unknown }
  | { channel: number; index: number; message: unknown; id?: undefined };

/** What the app tells by itself. */
export type Heard = {
  event: (name: string, payload: unknown) => void;
  channel: (channel: number, index: number, message: unknown) => void;
};

/** The app without a window (`src-tauri/examples/desk_without_window.rs`); says how to build it where it is missing. */
function binary(): string {
  const name = `desk_without_window${process.platform === "win32" ? ".exe" : ""}`;
  const target = process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, "../../../../target");
  const path = process.env.LIAISON_TEST_DESK ?? join(target, "debug/examples", name);
  if (!existsSync(path))
    throw new Error(
      `These tests talk to the real app, and ${path} is missing. Build it: cargo build --workspace --bins --tests --examples`,
    );
  return path;
}

/** The app, running on the desk in a folder. */
export class Program {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private next = 1;
  private ended: Error | null = null;
  private killed = false;

  constructor(directory: string, heard: Heard, more: { file?: string; env?: NodeJS.ProcessEnv } = {}) {
    this.child = spawn(binary(), [directory, ...(more.file ? [more.file] : [])], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...more.env },
    });
    const lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => this.take(JSON.parse(line) as Message, heard));
    this.child.on("exit", () => this.end(new Error("the app has ended")));
    this.child.on("error", (error) => this.end(error));
    this.child.stdin?.on("error", (error) => this.end(error));
  }

  /** Calls a command; what it refuses is thrown, as the shell does. */
  call(command: string, args: unknown): Promise<unknown> {
    // Whoever asks then is a page that is gone.
    if (this.killed) return new Promise(() => {});
    if (this.ended) return Promise.reject(this.ended);
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ ok, error }) => (error === undefined ? resolve(ok) : reject(error)));
      this.child.stdin?.write(`${JSON.stringify({ id, command, args: args ?? {} })}\n`);
    });
  }

  /** Ends it at once, whatever it was doing: its folder goes, too. */
  kill(): void {
    this.killed = true;
    this.waiting.clear();
    this.child.kill("SIGKILL");
  }

  /** Lets it close its desk. */
  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.child.stdin?.end();
    return closed;
  }

  private take(message: Message, heard: Heard): void {
    // What was on its way when it was ended is nobody's.
    if (this.killed) return;
    if ("event" in message) heard.event(message.event, message.payload);
    else if ("channel" in message) heard.channel(message.channel, message.index, message.message);
    else {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    }
  }

  private end(error: Error): void {
    if (this.killed || this.ended) return;
    this.ended = error;
    for (const [id, answer] of this.waiting) answer({ id, error });
    this.waiting.clear();
  }
}
