import { type ListSearch, listSearch } from "~/grid/listSearch.ts";

/** What an employer's address holds: search and order of its people, and whether the audit log is open. */
export type EmployerSearch = Pick<ListSearch, "q" | "sort"> & { audit?: true };

export function employerSearch(raw: Record<string, unknown>): EmployerSearch {
  const { q, sort } = listSearch(raw);
  return {
    ...(q === undefined ? {} : { q }),
    ...(sort === undefined ? {} : { sort }),
    ...(raw.audit === true ? { audit: true } : {}),
  };
}
