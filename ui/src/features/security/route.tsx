import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

export const securityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/security",
  component: lazyRouteComponent(() => import("./Security.tsx"), "Security"),
  staticData: {
    title: () => i18next.t("security.title"),
    navigation: { section: "site", order: 80, label: () => i18next.t("security.title"), icon: ShieldCheck, goKey: "y" },
  },
});
