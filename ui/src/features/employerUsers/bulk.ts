import { useBulkMail } from "../mail/actions.tsx";
import type { ActionSet } from "../record/actions.tsx";
import type { BulkTarget } from "../record/BulkBar.tsx";
import { useBulkAccess } from "./actions.tsx";

/** What can be done with selected employer users: one set per feature. */
export const EMPLOYER_USER_BULK: readonly ActionSet<BulkTarget>[] = [useBulkAccess, useBulkMail];
