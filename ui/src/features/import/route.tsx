import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FileInput } from "lucide-react";
import type { ImportFilter } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { STEPS, type Step } from "./wizard.ts";
import { FILTERS } from "./words.ts";

type ImportSearch = { step?: Exclude<Step, "file">; outcome?: ImportFilter };

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/import",
  component: lazyRouteComponent(() => import("./Import.tsx"), "Import"),
  validateSearch: (raw: Record<string, unknown>): ImportSearch => {
    const step = STEPS.find((each) => each === raw.step);
    const outcome = FILTERS.find((each) => each === raw.outcome);
    return { ...(step && step !== "file" ? { step } : {}), ...(outcome ? { outcome } : {}) };
  },
  staticData: {
    permissions: ["import_contacts"],
    title: () => i18next.t("import.title"),
    navigation: {
      section: "main",
      order: 40,
      label: () => i18next.t("import.navigation"),
      icon: FileInput,
      goKey: "i",
    },
  },
});
