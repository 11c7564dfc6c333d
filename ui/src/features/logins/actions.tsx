import { KeyRound } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";

const NewUser = lazy(() => import("./NewUser.tsx"));

/** "Create login…", for a contact without one, with a role that is chosen, and an invitation to choose a password. */
export const useCreateLogin: ActionSet<ContactProfile> = (profile) => {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  return {
    actions: [
      {
        id: "create_login",
        group: "access",
        label: t("employerUsers.create.action"),
        icon: KeyRound,
        permission: "manage_access",
        hidden: profile.user !== null || profile.deleted || profile.chips.approval !== "approved",
        run: () => setAsking(true),
      },
    ],
    dialog: isAsking && <NewUser contact={{ id: profile.id, name: profile.name }} onClose={() => setAsking(false)} />,
  };
};
