import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { RecordKind } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { type ListSearch, listSearch } from "~/records/query/listSearch.ts";

export type PrintSearch = ListSearch & { kind: RecordKind; columns: string[] };

function printSearch(raw: Record<string, unknown>): PrintSearch {
  const columns = Array.isArray(raw.columns) ? raw.columns.filter((key) => typeof key === "string") : [];
  return {
    ...listSearch(raw),
    kind: (typeof raw.kind === "string" ? raw.kind : "contact") as RecordKind,
    columns,
  };
}

export const printRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/print",
  component: lazyRouteComponent(() => import("./PrintList.tsx"), "PrintList"),
  validateSearch: printSearch,
  staticData: { title: () => i18next.t("printing.title") },
});
