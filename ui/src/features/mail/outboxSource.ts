import { useMemo } from "react";
import { call, commands, type Id, type OutboxRow, type OutboxState } from "~/ipc";
import type { RowSource } from "~/kit/grid/windows.ts";

/** Most rows the contract gives at once. */
const MOST = 200;

let nextKey = 1;

/** Messages in a state, or all, read as far as they are in sight; anew when `counted` moves on. */
export function useOutboxSource(state: OutboxState | null, total: number, counted: number): RowSource<OutboxRow> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again, its rows may be others.
  return useMemo(
    () => ({
      key: nextKey++,
      query: state ?? "",
      total,
      getWindow: async (offset, limit) =>
        (await call(commands.outboxList({ state, mailing: null, to: null }, offset, limit))).rows,
    }),
    [state, total, counted],
  );
}

/** Every message in a state, or all, except some. */
export async function readIds(state: OutboxState | null, except: ReadonlySet<Id>): Promise<Id[]> {
  const ids: Id[] = [];
  for (;;) {
    const { rows } = await call(commands.outboxList({ state, mailing: null, to: null }, ids.length, MOST));
    ids.push(...rows.map(({ id }) => id));
    if (rows.length < MOST) return ids.filter((id) => !except.has(id));
  }
}
