import { Pencil } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmployerProfile } from "~/ipc";
import type { ActionSet } from "../record/actions.tsx";

const EditRecord = lazy(() => import("../record/EditRecord.tsx"));

/** Edits an employer's fields. */
export const useEditEmployer: ActionSet<EmployerProfile> = (profile) => {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  return {
    actions: [
      {
        id: "edit",
        group: "edit",
        label: t("record.page.edit"),
        icon: Pencil,
        hotkey: "e",
        permission: "edit_contacts",
        place: "button",
        disabled: profile.deleted && t("employers.deleted"),
        run: () => setEditing(true),
      },
    ],
    dialog: editing && <EditRecord kind="employer" record={profile} onClose={() => setEditing(false)} />,
  };
};
