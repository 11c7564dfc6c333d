import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { CopyCheck } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

export const duplicatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/duplicates",
  component: lazyRouteComponent(() => import("./Duplicates.tsx"), "Duplicates"),
  staticData: {
    title: () => i18next.t("duplicates.title"),
    navigation: {
      section: "main",
      order: 36,
      label: () => i18next.t("duplicates.title"),
      icon: CopyCheck,
      goKey: "d",
    },
  },
});
