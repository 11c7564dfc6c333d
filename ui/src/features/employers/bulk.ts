import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useBulkUpdate } from "../bulk/actions.tsx";
import { useBulkMerge } from "../merge/actions.tsx";
import { useBulkDelete } from "../trash/actions.tsx";

/** What can be done with selected employers: one set per feature. */
export const EMPLOYER_BULK: readonly ActionSet<BulkTarget>[] = [useBulkUpdate, useBulkMerge, useBulkDelete];
