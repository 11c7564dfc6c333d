import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { i18next } from "~/i18n/index.ts";
import { rootRoute } from "../shell/root.tsx";

export const onboardingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/onboarding",
  component: lazyRouteComponent(() => import("./OnboardingPage.tsx"), "OnboardingPage"),
  staticData: {
    title: () => i18next.t("onboarding.title"),
    navigation: {
      section: "site",
      order: 75,
      label: () => i18next.t("onboarding.title"),
      icon: ListChecks,
      goKey: "b",
    },
  },
});
