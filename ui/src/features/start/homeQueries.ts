import { useQuery } from "@tanstack/react-query";
import { type CacheTag, call, commands, type ListQuery, type Row } from "~/ipc";

type Glance = { total: number; rows: Row[] };

async function look(query: ListQuery, limit: number, columns: string[]): Promise<Glance> {
  const { result, total } = await call(commands.listOpen(query));
  try {
    const rows = limit > 0 && total > 0 ? (await call(commands.listWindow(result, 0, limit, columns))).rows : [];
    return { total, rows };
  } finally {
    void commands.listClose(result);
  }
}

/** How long a list is, and its first rows. */
export function useGlance(tag: CacheTag, query: ListQuery, limit = 0, columns: string[] = []) {
  return useQuery({
    queryKey: [tag, "glance", query, limit, columns],
    queryFn: () => look(query, limit, columns),
    meta: { tags: ["queue"] },
  });
}

/** The last steps of the history. */
export function useLastSteps(limit: number, enabled: boolean) {
  return useQuery({
    queryKey: ["history", "last", limit],
    queryFn: () =>
      call(
        commands.historyList({
          kind: null,
          changes_only: true,
          actor: null,
          since: null,
          until: null,
          before: null,
          limit,
        }),
      ),
    enabled,
  });
}
