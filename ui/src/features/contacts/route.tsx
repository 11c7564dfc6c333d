import { createRoute } from "@tanstack/react-router";
import { ContactRound } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { listSearch } from "~/records/query/listSearch.ts";
import { Directory } from "./Directory.tsx";

export const contactsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/contacts",
  // Part of the first script, as is Home: most days begin here, and other lists are made of the same parts.
  component: Directory,
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
