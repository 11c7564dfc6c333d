import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useBulkExport } from "~/records/export/bulk.tsx";
import { useBulkEmployment } from "../archive/actions.tsx";
import { useBulkUpdate } from "../bulk/actions.tsx";
import { useInviteContacts } from "../invitations/actions.tsx";
import { useBulkMail } from "../mail/actions.tsx";
import { useBulkMerge } from "../merge/actions.tsx";
import { useBulkReview } from "../review/bulk.ts";
import { useBulkDelete } from "../trash/actions.tsx";

/** What can be done with selected contacts: one set per feature. */
export const CONTACT_BULK: readonly ActionSet<BulkTarget>[] = [
  useBulkReview,
  useBulkEmployment,
  useBulkUpdate,
  useBulkMerge,
  useBulkMail,
  useInviteContacts,
  useBulkExport,
  useBulkDelete,
];
