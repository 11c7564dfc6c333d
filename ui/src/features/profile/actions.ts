import type { ContactProfile } from "~/ipc";
import { useAuditAction } from "../audit/useAuditAction.ts";
import { useNoteActions } from "../notes/actions.ts";
import type { ActionSet } from "../record/actions.tsx";
import { useContactReview } from "../review/actions.ts";
import { useEditContact } from "./useEditContact.tsx";

/** What the Action menu of a contact offers (M16): one set per feature. */
export const CONTACT_ACTIONS: readonly ActionSet<ContactProfile>[] = [
  useNoteActions,
  useEditContact,
  useContactReview,
  useAuditAction,
];
