import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import type { RecordKind } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

/** What the address of the trash holds: the kind whose records are shown. */
type TrashSearch = { kind?: RecordKind };

export const trashRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/history/trash",
  component: lazyRouteComponent(() => import("./TrashPage.tsx"), "TrashPage"),
  // A kind of which there is nothing in the trash is as good as none: the page then shows the first there is.
  validateSearch: ({ kind }: Record<string, unknown>): TrashSearch =>
    typeof kind === "string" ? { kind: kind as RecordKind } : {},
  staticData: {
    title: () => i18next.t("trash.title"),
    // Who may read the history finds the trash beside it.
    navigation: {
      section: "site",
      order: 91,
      label: () => i18next.t("trash.title"),
      icon: Trash2,
      unless: "view_audit_log",
    },
  },
});
