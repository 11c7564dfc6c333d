import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { BookUser, Users } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { pageSearch } from "~/records/page/pageSearch.ts";
import { listSearch } from "~/records/query/listSearch.ts";

const lists = () => import("./Students.tsx");

export const studentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/students",
  component: lazyRouteComponent(lists, "AllUsers"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("students.title"),
    navigation: { section: "main", order: 31, label: () => i18next.t("students.title"), icon: Users, goKey: "u" },
  },
});

export const caseloadRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/caseload",
  component: lazyRouteComponent(lists, "Caseload"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("students.caseload.title"),
    navigation: {
      section: "main",
      order: 32,
      label: () => i18next.t("students.caseload.title"),
      icon: BookUser,
      goKey: "k",
    },
  },
});

export const studentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/students/$id",
  component: lazyRouteComponent(() => import("./StudentPage.tsx"), "StudentPage"),
  validateSearch: pageSearch,
  staticData: {
    title: () => i18next.t("students.page"),
    parent: { to: "/students", label: () => i18next.t("students.title") },
  },
});

export const groupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/students/groups",
  component: lazyRouteComponent(() => import("./Groups.tsx"), "Groups"),
  staticData: {
    title: () => i18next.t("groups.title"),
    parent: { to: "/students", label: () => i18next.t("students.title") },
  },
});
