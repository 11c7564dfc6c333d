import { useMemo } from "react";
import { call, commands, type DryRun, type ImportFilter, type ImportRow } from "~/ipc";
import { type RowSource, rowSource } from "~/kit/grid/windows.ts";
import { countedBy } from "./words.ts";

/** A row as the list shows it, with its place in the list. */
export type ShownRow = { id: string; name: string; place: number; row: ImportRow };

/** The rows with an outcome, or all. Read anew after each dry run and fix; the list keeps its place then. */
export function useRowSource(
  session: number,
  outcome: ImportFilter | null,
  counts: DryRun,
  revision: number,
): RowSource<ShownRow> {
  const total = countedBy(counts, outcome);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision means other rows.
  return useMemo(
    () =>
      rowSource({
        query: `${session} ${outcome ?? ""}`,
        total,
        getWindow: async (offset, limit) => {
          const { rows } = await call(commands.importRows(session, outcome, offset, limit));
          return rows.map((row, n) => ({ id: String(row.index), name: row.name, place: offset + n, row }));
        },
      }),
    [session, outcome, total, revision],
  );
}
