import { Pencil } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import type { ActionSet } from "../record/actions.tsx";

const EditRecord = lazy(() => import("../record/EditRecord.tsx"));

/** Edits the fields of a student or alum. */
export const useEditStudent: ActionSet<StudentPanel> = (panel) => {
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
        permission: "manage_users",
        place: "button",
        run: () => setEditing(true),
      },
    ],
    dialog: editing && <EditRecord kind="student" record={panel} onClose={() => setEditing(false)} />,
  };
};
