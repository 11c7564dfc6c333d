import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";

/** Stands in for the whole app where a test needs a single command of it, and that one reaches beyond the app. */
export function standIn(name: string, answer: (args: Record<string, unknown>) => unknown): void {
  mockWindows("main");
  mockIPC(
    (command, args) => {
      if (command !== name) throw new Error(`the test has no answer to ${command}`);
      return answer((args ?? {}) as Record<string, unknown>) ?? null;
    },
    { shouldMockEvents: true },
  );
}
