import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { History as HistoryIcon } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { historySearch } from "./search.ts";

export const historyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/history",
  component: lazyRouteComponent(() => import("./History.tsx"), "History"),
  validateSearch: historySearch,
  staticData: {
    permissions: ["view_audit_log"],
    title: () => i18next.t("history.title"),
    navigation: {
      section: "site",
      order: 90,
      label: () => i18next.t("trash.place"),
      icon: HistoryIcon,
      goKey: "h",
    },
  },
});
