import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  type BuiltInViewKey,
  type CacheTag,
  call,
  commands,
  type ListQuery,
  type RecordKind,
  type SavedView,
} from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import type { ListSearch } from "../query/listSearch.ts";

/** A view as lists and the navigation show it, saved or always there. */
export type View = {
  /** What stands in the address. */
  key: string;
  name: string;
  query: ListQuery;
  /** Keys of the columns; none where the list's own do. */
  columns: string[];
  /** What was saved; null for a view that is always there. */
  saved: SavedView | null;
};

const BUILT_IN = {
  stale: () => i18next.t("views.builtIn.stale"),
  bounced: () => i18next.t("views.builtIn.bounced"),
  never_logged_in: () => i18next.t("views.builtIn.never_logged_in"),
  students_active: () => i18next.t("views.builtIn.students_active"),
  students_inactive: () => i18next.t("views.builtIn.students_inactive"),
  students_refused: () => i18next.t("views.builtIn.students_refused"),
  students_not_invited: () => i18next.t("views.builtIn.students_not_invited"),
  students_assigned: () => i18next.t("views.builtIn.students_assigned"),
  students_unassigned: () => i18next.t("views.builtIn.students_unassigned"),
  students_deactivated: () => i18next.t("views.builtIn.students_deactivated"),
  tasks_open: () => i18next.t("views.builtIn.tasks_open"),
  tasks_done: () => i18next.t("views.builtIn.tasks_done"),
  listings_open: () => i18next.t("views.builtIn.listings_open"),
} satisfies Record<BuiltInViewKey, () => string>;

/** All views of the person at the desk: those that are always there, then the saved ones in their order. */
export function useViews(): View[] {
  const { data } = useQuery({ queryKey: ["views"], queryFn: () => call(commands.viewsList()) });
  return useMemo(() => {
    const builtIn = (data?.built_in ?? []).map<View>(({ key, query, columns }) => ({
      key,
      name: BUILT_IN[key](),
      query,
      columns,
      saved: null,
    }));
    const saved = (data?.saved ?? []).map<View>((view) => ({
      key: view.id,
      name: view.name,
      query: view.query,
      columns: view.columns,
      saved: view,
    }));
    return [...builtIn, ...saved];
  }, [data]);
}

const COUNTED: CacheTag[] = ["contacts", "employers", "employer_users", "activities", "students"];

/** How many records each view has; undefined until it is known, null where its list can no longer be opened. */
export function useViewCounts(views: View[], enabled = true): (view: View) => number | null | undefined {
  const queries = views.map(({ query }) => query);
  const { data } = useQuery({
    queryKey: ["views", "counts", queries],
    queryFn: () => call(commands.listCounts(queries)),
    enabled: enabled && queries.length > 0,
    placeholderData: (before: (number | null)[] | undefined) =>
      before?.length === queries.length ? before : undefined,
    meta: { tags: queries.some(({ search }) => search !== "") ? [...COUNTED, "search"] : COUNTED },
  });
  return (view) => data?.[views.indexOf(view)];
}

/** Where lists of a kind are. */
const PLACES: Partial<Record<RecordKind, string>> = {
  contact: "/contacts",
  employer: "/employers",
  student: "/students",
};

export function placeOf(kind: RecordKind): string | undefined {
  return PLACES[kind];
}

/** The address of a view's list. */
export function viewAddress({ key, query }: View): ListSearch {
  return {
    view: key,
    ...(query.search === "" ? {} : { q: query.search }),
    ...(query.filter.length > 0 ? { filter: query.filter } : {}),
    ...(query.sort.length > 0 ? { sort: query.sort } : {}),
  };
}
