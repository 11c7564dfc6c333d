import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Palette } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

const title = () => i18next.t("institution.page");

export const customizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/look",
  component: lazyRouteComponent(() => import("./Customization.tsx"), "Customization"),
  staticData: {
    permissions: ["manage_settings"],
    title,
    navigation: { section: "site", order: 50, label: title, icon: Palette },
  },
});
