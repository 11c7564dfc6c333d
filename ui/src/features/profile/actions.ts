import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import { useEditRecord } from "~/records/forms/useEditRecord.tsx";
import { useAuditAction } from "~/records/page/useAuditAction.ts";
import { useActivityActions } from "../activities/actions.tsx";
import { useEmployment } from "../archive/actions.tsx";
import { useInviteContact } from "../invitations/actions.tsx";
import { useCreateLogin } from "../logins/actions.tsx";
import { useContactMail } from "../mail/actions.tsx";
import { useMergeContact } from "../merge/actions.tsx";
import { useNoteActions } from "../notes/actions.ts";
import { useContactReview } from "../review/actions.ts";
import { useDeleteContact, useTrashedContact } from "../trash/actions.tsx";
import { useViewAsAction } from "../viewing/actions.ts";

/** The data of a rejected contact is frozen (M27). */
const useEditContact: ActionSet<ContactProfile> = (profile) => {
  const { t } = useTranslation();
  return useEditRecord("contact", profile, "edit_contacts", profile.frozen && t("errors.frozen"));
};

/** What the Action menu of a contact offers (M16): one set per feature. */
export const CONTACT_ACTIONS: readonly ActionSet<ContactProfile>[] = [
  useNoteActions,
  useActivityActions,
  useContactMail,
  useEditContact,
  useContactReview,
  useMergeContact,
  useEmployment,
  useInviteContact,
  useCreateLogin,
  useViewAsAction,
  useAuditAction,
  useDeleteContact,
];

/** What can be done with a contact in the trash. */
export const TRASHED_CONTACT_ACTIONS: readonly ActionSet<ContactProfile>[] = [useTrashedContact, useAuditAction];
