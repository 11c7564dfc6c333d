import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useBulkMail } from "../mail/actions.tsx";
import { useBulkAccess } from "./actions.tsx";

/** What can be done with selected employer users: one set per feature. */
export const EMPLOYER_USER_BULK: readonly ActionSet<BulkTarget>[] = [useBulkAccess, useBulkMail];
