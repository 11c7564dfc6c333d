import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { UsersRound } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

export const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/staff",
  component: lazyRouteComponent(() => import("./Staff.tsx"), "Staff"),
  staticData: {
    title: () => i18next.t("staff.title"),
    navigation: { section: "users", order: 30, label: () => i18next.t("staff.title"), icon: UsersRound, goKey: "s" },
  },
});
