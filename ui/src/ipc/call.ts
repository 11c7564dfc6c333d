import { Channel } from "@tauri-apps/api/core";
import type { CommandError, Progress } from "./bindings.ts";
import { LiaisonError } from "./error.ts";

/** Unwraps a command's answer: `const done = await call(commands.contactEdit(id, edits))`. */
export async function call<T>(
  answer: Promise<{ status: "ok"; data: T } | { status: "error"; error: CommandError }>,
): Promise<T> {
  const result = await answer;
  if (result.status === "error") throw new LiaisonError(result.error);
  return result.data;
}

/** A channel for commands that report how far they are. */
export function progressChannel(onProgress: (progress: Progress) => void): Channel<Progress> {
  const channel = new Channel<Progress>();
  channel.onmessage = onProgress;
  return channel;
}
