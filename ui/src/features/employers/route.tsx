import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Building2 } from "lucide-react";
import { listSearch } from "~/grid/listSearch.ts";
import { i18next } from "~/i18n/index.ts";
import { pageSearch } from "../record/pageSearch.ts";
import { rootRoute } from "../shell/root.tsx";

export const employersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/employers",
  component: lazyRouteComponent(() => import("./Employers.tsx"), "Employers"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("employers.title"),
    navigation: {
      section: "main",
      order: 30,
      label: () => i18next.t("employers.title"),
      icon: Building2,
      goKey: "e",
    },
  },
});

export const employerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/employers/$id",
  component: lazyRouteComponent(() => import("./EmployerPage.tsx"), "EmployerPage"),
  validateSearch: pageSearch,
  staticData: {
    title: () => i18next.t("employers.page"),
    parent: { to: "/employers", label: () => i18next.t("employers.title") },
  },
});
