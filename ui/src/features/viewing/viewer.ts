import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { call, commands, type ListQuery, type ViewAs } from "~/ipc";
import { type RowSource, rowSource } from "~/kit/grid/windows.ts";
import type { ListRow } from "~/records/query/useResultSet.ts";
import { rolesQuery } from "../roles/kind.ts";
import type { ViewAsSearch } from "./search.ts";

/** As whom the address says one looks; null while something is still to be chosen. */
export function useViewAs() {
  const search = useSearch({ strict: false }) as ViewAsSearch;
  const navigate = useNavigate();
  const { who, employer, user, role } = search;
  const view = useMemo<ViewAs | null>(() => {
    if (who === "employer_user") return employer ? { who, employer } : null;
    if (who === "user") return user ? { who, user } : null;
    if (who === "role") return role && employer ? { who, role, employer } : null;
    return { who };
  }, [who, employer, user, role]);
  const change = (next: Partial<ViewAsSearch>) =>
    void navigate({ to: ".", search: { ...search, ...next } as never, replace: true });
  return { search, view, change };
}

/** The fields somebody sees; undefined until they are known. */
export function useSeenFields(view: ViewAs | null): string[] | undefined {
  const { data } = useQuery({
    queryKey: ["fields", "seen", view],
    queryFn: () => call(commands.viewAsFields(view ?? { who: "student" })),
    enabled: view !== null,
  });
  return view === null ? undefined : data;
}

/** What one employer user finds in the portal. */
export function usePortalAs(view: ViewAs | null) {
  return useQuery({
    queryKey: ["employer_users", "portal", view],
    queryFn: () => call(commands.viewAsPortal(view ?? { who: "student" })),
    enabled: view?.who === "user" || view?.who === "role",
    meta: { tags: ["roles", "employers"] },
  }).data;
}

/** The role with this id, for its name and what it permits. */
export function useRole(id: string | undefined) {
  const { data } = useQuery({ ...rolesQuery, enabled: id !== undefined });
  return data?.find((role) => role.id === id);
}

/** The directory as somebody sees it, for the grid; `query` is null while it is not known what they may ask. */
export function useDirectoryAs(view: ViewAs | null, query: ListQuery | null, columns: string[]) {
  const [opened, setOpened] = useState<number | null>(null);
  const list = useQuery({
    queryKey: ["contacts", "as", view, query],
    queryFn: async () => ({
      ...(await call(commands.viewAsOpen(view as ViewAs, query as ListQuery))),
      query: JSON.stringify([view, query]),
    }),
    enabled: view !== null && query !== null,
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
