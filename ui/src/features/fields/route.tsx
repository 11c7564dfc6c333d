import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Tags } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

export const fieldsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/fields",
  component: lazyRouteComponent(() => import("./FieldsPage.tsx"), "FieldsPage"),
  staticData: {
    title: () => i18next.t("attributes.page"),
    navigation: {
      section: "site",
      order: 60,
      label: () => i18next.t("attributes.page"),
      icon: Tags,
      goKey: "a",
    },
  },
});
