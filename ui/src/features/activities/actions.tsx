import { CalendarClock, ListTodo } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";

const NewActivity = lazy(() => import("./NewActivity.tsx"));

/** "New Task" and "New Meeting" (M16). */
export const useActivityActions: ActionSet<ContactProfile> = ({ id }) => {
  const { t } = useTranslation();
  const [adding, setAdding] = useState<"task" | "meeting" | null>(null);
  return {
    actions: [
      {
        id: "new_task",
        group: "add",
        label: t("profile.newTask"),
        icon: ListTodo,
        hotkey: "t",
        opensField: true,
        permission: "edit_contacts",
        run: () => setAdding("task"),
      },
      {
        id: "new_meeting",
        group: "add",
        label: t("profile.newMeeting"),
        icon: CalendarClock,
        hotkey: "m",
        permission: "edit_contacts",
        run: () => setAdding("meeting"),
      },
    ],
    dialog: adding && (
      <NewActivity
        kind={adding}
        fixed={{ contact: id }}
        omit={adding === "task" ? ["student"] : []}
        onClose={() => setAdding(null)}
      />
    ),
  };
};
