import { createRoute } from "@tanstack/react-router";
import { House } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { Home } from "./Home.tsx";

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: Home,
  staticData: {
    title: () => i18next.t("start.home.title"),
    navigation: {
      section: "main",
      order: 10,
      label: () => i18next.t("start.home.title"),
      icon: House,
      goKey: "o",
    },
  },
});
