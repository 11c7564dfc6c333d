import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { type ListSearch, listSearch } from "~/grid/listSearch.ts";
import { i18next } from "~/i18n/index.ts";
import { rootRoute } from "../shell/root.tsx";

/** As whom one looks; the employer of an employer user. */
export type ViewAsSearch = ListSearch & { who: "student" | "advisor" | "employer_user"; employer?: string };

function viewAsSearch(raw: Record<string, unknown>): ViewAsSearch {
  const who = raw.who === "advisor" || raw.who === "employer_user" ? raw.who : "student";
  return {
    ...listSearch(raw),
    who,
    ...(typeof raw.employer === "string" && raw.employer !== "" ? { employer: raw.employer } : {}),
  };
}

export const viewAsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/view-as",
  component: lazyRouteComponent(() => import("./DirectoryAs.tsx"), "DirectoryAs"),
  validateSearch: viewAsSearch,
  staticData: { title: () => i18next.t("viewing.title") },
});

export const viewAsProfileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/view-as/$id",
  component: lazyRouteComponent(() => import("./ProfileAs.tsx"), "ProfileAs"),
  validateSearch: viewAsSearch,
  staticData: { title: () => i18next.t("viewing.title") },
});
