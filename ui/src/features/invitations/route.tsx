import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { listSearch } from "~/records/query/listSearch.ts";

export const invitationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/students/invitations",
  component: lazyRouteComponent(() => import("./Invitations.tsx"), "Invitations"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("invitations.title"),
    parent: { to: "/students", label: () => i18next.t("students.title") },
  },
});
