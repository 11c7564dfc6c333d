import { useMemo } from "react";
import { call, commands, type RecordKind, type TrashRow } from "~/ipc";
import { type RowSource, rowSource } from "~/kit/grid/windows.ts";

/** Reads a part of what is in the trash of a kind. */
export const readTrash = (kind: RecordKind, offset: number, limit: number) =>
  call(commands.trashList(kind, offset, limit));

/** The records of a kind in the trash, read as far as they are in sight; anew when `counted` moves on. */
export function useTrashSource(kind: RecordKind, total: number, counted: number): RowSource<TrashRow> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again, its rows may be others.
  return useMemo(
    () =>
      rowSource({
        query: kind,
        total,
        getWindow: async (offset, limit) => (await readTrash(kind, offset, limit)).rows,
      }),
    [kind, total, counted],
  );
}
