import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import {
  type CacheTag,
  type Cell,
  call,
  commandError,
  commands,
  type Id,
  type InactiveContact,
  type LeftOut,
  type ListQuery,
} from "~/ipc";
import { type RowSource, rowSource } from "~/kit/grid/windows.ts";
import { cacheTag } from "../kinds.ts";

/** A row of a list, its cells by field key. */
export type ListRow = {
  id: string;
  name: string;
  cells: { [field: string]: Cell | undefined };
  /** Of a contact at the employer called "Inactive". */
  inactive?: InactiveContact | null;
  /** Why one shouldn't write to the address, where that is shown. */
  no_email?: LeftOut | null;
  /** Employers that are only claimed: the row itself, or those that its cells refer to. */
  claimed?: Id[];
};

const CLOSE_AFTER_MS = 1_000;
const users = new Map<number, number>();

/** Keeps a result set open in Rust while somebody shows it, and a little longer for answers on their way. */
function retain(result: number): () => void {
  users.set(result, (users.get(result) ?? 0) + 1);
  return () => {
    users.set(result, (users.get(result) ?? 1) - 1);
    window.setTimeout(() => {
      if (users.get(result) !== 0) return;
      users.delete(result);
      void commands.listClose(result);
    }, CLOSE_AFTER_MS);
  };
}

type Opening = {
  /** Another command that opens such a list. */
  command?: typeof commands.listOpen;
  /** What else it depends on. A constant. */
  tags?: CacheTag[];
};

async function open(query: ListQuery, command: typeof commands.listOpen, signal: AbortSignal) {
  const opened = await call(command(query));
  // Somebody typed on meanwhile: nobody will ever read this answer.
  if (signal.aborted) void commands.listClose(opened.result);
  return { ...opened, query: JSON.stringify(query) };
}

/**
 * An open list in Rust as the grid reads it. Opened anew when the query changes or a record of its kind does; until
 * the new list is there the old one stays.
 */
export function useResultSet(query: ListQuery, columns: string[], opening: Opening = {}) {
  const { command = commands.listOpen, tags } = opening;
  const opened = useQuery({
    queryKey: [cacheTag(query.kind), "list", query],
    queryFn: ({ signal }) => open(query, command, signal),
    ...(tags ? { meta: { tags } } : {}),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const data = opened.data;
  const result = data?.result;
  useEffect(() => (result === undefined ? undefined : retain(result)), [result]);

  const { refetch } = opened;
  const asked = columns.join(" ");
  const source = useMemo<RowSource<ListRow> | undefined>(() => {
    if (!data) return undefined;
    const fields = asked === "" ? [] : asked.split(" ");
    return rowSource({
      query: data.query,
      total: data.total,
      getWindow: async (offset, limit) => {
        try {
          const window = await call(commands.listWindow(data.result, offset, limit, fields));
          return window.rows.map(({ id, name, cells, inactive, no_email, claimed }) => ({
            id,
            name,
            inactive,
            no_email,
            claimed,
            cells: Object.fromEntries(fields.map((field, n) => [field, cells[n]])),
          }));
        } catch (error) {
          if (commandError(error).code !== "not_found") throw error;
          // Rust keeps a few lists open and this one was pushed out: open it anew, its rows will come from there.
          void refetch();
          return new Promise<ListRow[]>(() => {});
        }
      },
      position: (id) => call(commands.listPosition(data.result, id)),
    });
  }, [data, asked, refetch]);

  const remaining = useMemo(
    () => (result === undefined ? undefined : (ids: Id[]) => call(commands.listRemaining(result, ids))),
    [result],
  );

  return {
    source,
    result,
    remaining,
    total: data?.total,
    isWaiting: opened.isPlaceholderData,
    error: opened.error,
    retry: refetch,
  };
}
