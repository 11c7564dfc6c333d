import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ActionSet } from "../actions/actions.tsx";
import { usePage } from "./RecordPage.tsx";

/** "View Audit Log" (M21), for every kind of record. */
export const useAuditAction: ActionSet<unknown> = () => {
  const { t } = useTranslation();
  const page = usePage();
  return {
    actions: [
      {
        id: "audit",
        group: "look",
        label: t("record.page.viewAuditLog"),
        icon: History,
        hotkey: "l",
        permission: "view_audit_log",
        run: page.toggleAudit,
      },
    ],
  };
};
