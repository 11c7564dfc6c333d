import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { i18next } from "~/i18n/index.ts";
import { pageSearch } from "../record/pageSearch.ts";
import { rootRoute } from "../shell/root.tsx";

export const profileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/contacts/$id",
  component: lazyRouteComponent(() => import("./ProfilePage.tsx"), "ProfilePage"),
  validateSearch: pageSearch,
  staticData: {
    title: () => i18next.t("profile.title"),
    parent: { to: "/contacts", label: () => i18next.t("contacts.title") },
  },
});
