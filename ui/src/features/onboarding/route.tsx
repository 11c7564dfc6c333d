import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

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
