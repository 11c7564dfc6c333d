import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { ContactRound } from "lucide-react";
import { listSearch } from "~/grid/listSearch.ts";
import { i18next } from "~/i18n/index.ts";
import { rootRoute } from "../shell/root.tsx";

export const contactsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/contacts",
  component: lazyRouteComponent(() => import("./Directory.tsx"), "Directory"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("contacts.title"),
    navigation: {
      section: "main",
      order: 20,
      label: () => i18next.t("contacts.title"),
      icon: ContactRound,
      goKey: "c",
    },
  },
});
