import { type ListSearch, listSearch } from "../query/listSearch.ts";

/** What the address of a record's page holds: the tab, whether the audit log is open, and the list of a tab that has one. */
export type PageSearch = ListSearch & { tab?: string; audit?: true };

export function pageSearch(raw: Record<string, unknown>): PageSearch {
  return {
    ...listSearch(raw),
    ...(typeof raw.tab === "string" && raw.tab !== "" ? { tab: raw.tab } : {}),
    ...(raw.audit === true ? { audit: true } : {}),
  };
}
