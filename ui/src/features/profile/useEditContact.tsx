import { Pencil } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { ActionSet } from "../record/actions.tsx";

const EditRecord = lazy(() => import("../record/EditRecord.tsx"));

/** Edits a contact's fields; those of a rejected one are frozen (M27). */
export const useEditContact: ActionSet<ContactProfile> = (profile) => {
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
        disabled: profile.frozen && t("profile.frozen"),
        run: () => setEditing(true),
      },
    ],
    dialog: editing && <EditRecord kind="contact" record={profile} onClose={() => setEditing(false)} />,
  };
};
