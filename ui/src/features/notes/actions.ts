import { MessageSquarePlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { Action, ActionSet } from "~/records/actions/actions.tsx";
import { usePage } from "~/records/page/RecordPage.tsx";

/** "Add Note" on the page of whoever has notes: opens the tab with the field to write in. Who may, the page says. */
export function useAddNote() {
  const { t } = useTranslation();
  const page = usePage();
  return {
    id: "add_note",
    group: "add",
    label: t("profile.addNote"),
    icon: MessageSquarePlus,
    hotkey: "n",
    opensField: true,
    run: () => page.openTab("notes", { compose: true }),
  } satisfies Action;
}

/** "Add Note" on a contact. */
export const useNoteActions: ActionSet<ContactProfile> = () => ({
  actions: [{ ...useAddNote(), permission: "edit_contacts" }],
});
