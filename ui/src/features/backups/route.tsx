import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { DatabaseBackup } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

const title = () => i18next.t("backups.title");

export const backupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/backups",
  component: lazyRouteComponent(() => import("./Backups.tsx"), "Backups"),
  staticData: {
    permissions: ["manage_settings"],
    title,
    navigation: { section: "site", order: 85, label: title, icon: DatabaseBackup },
  },
});
