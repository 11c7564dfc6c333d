import { useMemo } from "react";
import { call, commands, type Id, type RecordKind, type TrashRow } from "~/ipc";
import type { RowSource } from "~/kit/grid/windows.ts";

/** Most rows the contract gives at once. */
const MOST = 200;

let nextKey = 1;

/** The records of a kind in the trash, read as far as they are in sight; anew when `counted` moves on. */
export function useTrashSource(kind: RecordKind, total: number, counted: number): RowSource<TrashRow> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again, its rows may be others.
  return useMemo(
    () => ({
      key: nextKey++,
      query: kind,
      total,
      getWindow: async (offset, limit) => (await call(commands.trashList(kind, offset, limit))).rows,
    }),
    [kind, total, counted],
  );
}

/** Every record of a kind in the trash, except some. */
export async function readIds(kind: RecordKind, except: ReadonlySet<Id>): Promise<Id[]> {
  const ids: Id[] = [];
  for (let offset = 0; ; offset += MOST) {
    const { rows, total } = await call(commands.trashList(kind, offset, MOST));
    ids.push(...rows.map(({ id }) => id));
    if (rows.length === 0 || offset + rows.length >= total) return ids.filter((id) => !except.has(id));
  }
}
