import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Building2 } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { pageSearch } from "~/records/page/pageSearch.ts";
import { listSearch } from "~/records/query/listSearch.ts";

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
