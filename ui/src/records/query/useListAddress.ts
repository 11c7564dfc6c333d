import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ListSearch } from "./listSearch.ts";

/** The part of the address that belongs to a list; what else stands there (tab, audit log) stays. */
export function useListAddress() {
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const go = (next: ListSearch, replace = false) => {
    const merge = ({ q: _q, filter: _filter, sort: _sort, view: _view, ...rest }: ListSearch) => ({ ...rest, ...next });
    // The list does not know on which route it stands; each such route reads these parts with `listSearch`.
    void navigate({ to: ".", search: merge as never, replace });
  };
  return { search, go };
}
