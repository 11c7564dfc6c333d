import { Download } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActionSet } from "../actions/actions.tsx";
import type { BulkTarget } from "../actions/bulkTarget.ts";

const ExportDialog = lazy(() => import("./ExportDialog.tsx"));

/** Writes the selected records to a file. */
export const useBulkExport: ActionSet<BulkTarget> = ({ kind, selection, count }) => {
  const { t } = useTranslation();
  const [target, setTarget] = useState<Pick<BulkTarget, "selection" | "count"> | null>(null);
  return {
    actions: [
      {
        id: "export",
        group: "share",
        label: t("export.open"),
        icon: Download,
        permission: "export_contacts",
        run: () => setTarget({ selection, count }),
      },
    ],
    dialog: target && (
      <ExportDialog kind={kind} selection={target.selection} count={target.count} onClose={() => setTarget(null)} />
    ),
  };
};
