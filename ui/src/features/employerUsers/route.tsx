import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { UserRoundCog } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { pageSearch } from "~/records/page/pageSearch.ts";
import { listSearch } from "~/records/query/listSearch.ts";

export const employerUsersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/employer-users",
  component: lazyRouteComponent(() => import("./EmployerUsers.tsx"), "EmployerUsers"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("employerUsers.title"),
    navigation: {
      section: "users",
      order: 10,
      label: () => i18next.t("employerUsers.title"),
      icon: UserRoundCog,
      goKey: "p",
    },
  },
});

export const employerUserRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/employer-users/$id",
  component: lazyRouteComponent(() => import("./EmployerUserPage.tsx"), "EmployerUserPage"),
  validateSearch: pageSearch,
  staticData: {
    title: () => i18next.t("employerUsers.page"),
    parent: { to: "/settings/employer-users", label: () => i18next.t("employerUsers.title") },
  },
});
