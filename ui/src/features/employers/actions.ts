import type { EmployerProfile } from "~/ipc";
import { useAuditAction } from "../audit/useAuditAction.ts";
import { useMergeEmployer } from "../merge/actions.tsx";
import type { ActionSet } from "../record/actions.tsx";
import { useDeleteEmployer, useTrashedEmployer } from "../trash/actions.tsx";
import { useEditEmployer } from "./useEditEmployer.tsx";

/** What the Action menu of an employer offers: one set per feature. */
export const EMPLOYER_ACTIONS: readonly ActionSet<EmployerProfile>[] = [
  useEditEmployer,
  useMergeEmployer,
  useAuditAction,
  useDeleteEmployer,
];

/** What can be done with an employer in the trash. */
export const TRASHED_EMPLOYER_ACTIONS: readonly ActionSet<EmployerProfile>[] = [useTrashedEmployer, useAuditAction];
