import { createRoute } from "@tanstack/react-router";
import { Inbox } from "lucide-react";
import { listSearch } from "~/grid/listSearch.ts";
import { i18next } from "~/i18n/index.ts";
import { rootRoute } from "../shell/root.tsx";
import { usePendingCount } from "../shell/session.ts";
import { Queue } from "./Queue.tsx";

export const queueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/notifications/contacts",
  component: Queue,
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
