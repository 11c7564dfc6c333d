import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listSearch } from "~/grid/listSearch.ts";
import { i18next } from "~/i18n/index.ts";
import { rootRoute } from "../shell/root.tsx";

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
