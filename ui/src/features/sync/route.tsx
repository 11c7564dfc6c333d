import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

const title = () => i18next.t("sync.title");

export const syncRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/sync",
  component: lazyRouteComponent(() => import("./Sync.tsx"), "Sync"),
  staticData: { title, navigation: { section: "site", order: 86, label: title, icon: RefreshCw } },
});
