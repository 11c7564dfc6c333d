import { MessageSquarePlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import { usePage } from "~/records/page/RecordPage.tsx";

/** "Add Note": opens the tab with the field to write in. */
export const useNoteActions: ActionSet<ContactProfile> = () => {
  const { t } = useTranslation();
  const page = usePage();
  return {
    actions: [
      {
        id: "add_note",
        group: "add",
        label: t("profile.addNote"),
        icon: MessageSquarePlus,
        hotkey: "n",
        permission: "edit_contacts",
        run: () => page.openTab("notes", { compose: true }),
      },
    ],
  };
};
