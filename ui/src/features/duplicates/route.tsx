import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { CopyCheck } from "lucide-react";
import { i18next } from "~/i18n/index.ts";
import { rootRoute } from "../shell/root.tsx";

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
