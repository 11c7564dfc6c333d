import { useTranslation } from "react-i18next";
import type { EmployerProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import { useEditRecord } from "~/records/forms/useEditRecord.tsx";
import { useAuditAction } from "~/records/page/useAuditAction.ts";
import { useMergeEmployer } from "../merge/actions.tsx";
import { useDeleteEmployer, useTrashedEmployer } from "../trash/actions.tsx";

const useEditEmployer: ActionSet<EmployerProfile> = (profile) => {
  const { t } = useTranslation();
  return useEditRecord("employer", profile, "edit_contacts", profile.deleted && t("employers.deleted"));
};

/** What the Action menu of an employer offers: one set per feature. */
export const EMPLOYER_ACTIONS: readonly ActionSet<EmployerProfile>[] = [
  useEditEmployer,
  useMergeEmployer,
  useAuditAction,
  useDeleteEmployer,
];

/** What can be done with an employer in the trash. */
export const TRASHED_EMPLOYER_ACTIONS: readonly ActionSet<EmployerProfile>[] = [useTrashedEmployer, useAuditAction];
