import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { pageSearch } from "~/records/page/pageSearch.ts";

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
