import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { call, commands, type ListQuery, type ViewAs } from "~/ipc";
import { type RowSource, rowSource } from "~/kit/grid/windows.ts";
import type { ListRow } from "~/records/query/useResultSet.ts";
import type { ViewAsSearch } from "./search.ts";

/** As whom the address says one looks; null while the employer is still to be chosen. */
export function useViewAs() {
  const search = useSearch({ strict: false }) as ViewAsSearch;
  const navigate = useNavigate();
  const { who, employer } = search;
  const view = useMemo<ViewAs | null>(() => {
    if (who === "employer_user") return employer ? { who, employer } : null;
    return { who };
  }, [who, employer]);
  const change = (next: Partial<ViewAsSearch>) =>
    void navigate({ to: ".", search: { ...search, ...next } as never, replace: true });
  return { search, view, change };
}

/** The fields somebody sees. */
export function useSeenFields(view: ViewAs | null): string[] {
  const { data } = useQuery({
    queryKey: ["fields", "seen", view],
    queryFn: () => call(commands.viewAsFields(view ?? { who: "student" })),
    enabled: view !== null,
  });
  return data ?? NONE;
}

const NONE: string[] = [];

/** The directory as somebody sees it, for the grid. */
export function useDirectoryAs(view: ViewAs | null, query: ListQuery, columns: string[]) {
  const [opened, setOpened] = useState<number | null>(null);
  const list = useQuery({
    queryKey: ["contacts", "as", view, query],
    queryFn: async () => ({
      ...(await call(commands.viewAsOpen(view ?? { who: "student" }, query))),
      query: JSON.stringify([view, query]),
    }),
    enabled: view !== null,
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const data = list.data;
  const result = data?.result ?? null;
  useEffect(() => {
    // One list is open at a time; the one before it is let go.
    if (opened !== null && opened !== result) void commands.listClose(opened);
    setOpened(result);
  }, [result, opened]);
  const asked = columns.join(" ");
  const source = useMemo<RowSource<ListRow> | undefined>(() => {
    if (!data || view === null || list.isPlaceholderData) return undefined;
    const fields = asked === "" ? [] : asked.split(" ");
    return rowSource({
      query: data.query,
      total: data.total,
      getWindow: async (offset, limit) => {
        const window = await call(commands.viewAsWindow(view, data.result, offset, limit, fields));
        return window.rows.map(({ id, name, cells }) => ({
          id,
          name,
          cells: Object.fromEntries(fields.map((field, n) => [field, cells[n]])),
        }));
      },
    });
  }, [data, asked, view, list.isPlaceholderData]);
  return { source, total: data?.total, error: list.error, retry: list.refetch };
}
