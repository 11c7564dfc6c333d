import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { viewAsSearch } from "./search.ts";

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
