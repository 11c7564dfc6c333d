import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Inbox } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { listSearch } from "~/records/query/listSearch.ts";
import { usePendingCount } from "./usePendingCount.ts";

export const queueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/notifications/contacts",
  component: lazyRouteComponent(() => import("./Queue.tsx"), "Queue"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("queue.title"),
    navigation: {
      section: "notifications",
      order: 10,
      label: () => i18next.t("queue.navigation"),
      icon: Inbox,
      useBadge: usePendingCount,
      goKey: "q",
    },
  },
});
