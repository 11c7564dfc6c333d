import { UserPlus } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmployerProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import { useEditRecord } from "~/records/forms/useEditRecord.tsx";
import { useAuditAction } from "~/records/page/useAuditAction.ts";
import { useMergeEmployer } from "../merge/actions.tsx";
import { useDeleteEmployer, useTrashedEmployer } from "../trash/actions.tsx";
import { FOLLOWERS } from "./followers.ts";

const NewContact = lazy(() => import("../contacts/NewContact.tsx"));

const useEditEmployer: ActionSet<EmployerProfile> = (profile) => {
  const { t } = useTranslation();
  return useEditRecord("employer", profile, "edit_contacts", profile.deleted && t("employers.deleted"), FOLLOWERS);
};

/** "New contact", who works here. */
const useNewContact: ActionSet<EmployerProfile> = ({ id, deleted, inactive }) => {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  return {
    actions: [
      {
        id: "new_contact",
        group: "add",
        label: t("contacts.new"),
        icon: UserPlus,
        permission: "edit_contacts",
        hidden: inactive,
        disabled: deleted && t("employers.deleted"),
        run: () => setAdding(true),
      },
    ],
    dialog: adding && <NewContact employer={id} onClose={() => setAdding(false)} />,
  };
};

/** What the Action menu of an employer offers: one set per feature. */
export const EMPLOYER_ACTIONS: readonly ActionSet<EmployerProfile>[] = [
  useNewContact,
  useEditEmployer,
  useMergeEmployer,
  useAuditAction,
  useDeleteEmployer,
];

/** What can be done with an employer in the trash. */
export const TRASHED_EMPLOYER_ACTIONS: readonly ActionSet<EmployerProfile>[] = [useTrashedEmployer, useAuditAction];
