import { useMemo } from "react";
import { call, commands, type OutboxRow, type OutboxState } from "~/ipc";
import { type RowSource, rowSource } from "~/kit/grid/windows.ts";

/** Reads a part of the messages in a state, or of all. */
export const readOutbox = (state: OutboxState | null, offset: number, limit: number) =>
  call(commands.outboxList({ state, mailing: null, to: null }, offset, limit));

/** Messages in a state, or all, read as far as they are in sight; anew when `counted` moves on. */
export function useOutboxSource(state: OutboxState | null, total: number, counted: number): RowSource<OutboxRow> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again, its rows may be others.
  return useMemo(
    () =>
      rowSource({
        query: state ?? "",
        total,
        getWindow: async (offset, limit) => (await readOutbox(state, offset, limit)).rows,
      }),
    [state, total, counted],
  );
}
