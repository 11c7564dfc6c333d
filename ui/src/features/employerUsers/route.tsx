import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { UserRoundCog } from "lucide-react";
import { listSearch } from "~/grid/listSearch.ts";
import { i18next } from "~/i18n/index.ts";
import { pageSearch } from "../record/pageSearch.ts";
import { rootRoute } from "../shell/root.tsx";

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
