import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

export const rolesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/roles",
  component: lazyRouteComponent(() => import("./Roles.tsx"), "Roles"),
  staticData: {
    title: () => i18next.t("roles.title"),
    navigation: {
      section: "users",
      order: 20,
      label: () => i18next.t("roles.title"),
      icon: KeyRound,
      goKey: "r",
    },
  },
});
