import { useBulkUpdate } from "../bulk/actions.tsx";
import { useBulkMerge } from "../merge/actions.tsx";
import type { ActionSet } from "../record/actions.tsx";
import type { BulkTarget } from "../record/BulkBar.tsx";
import { useBulkDelete } from "../trash/actions.tsx";

/** What can be done with selected employers: one set per feature. */
export const EMPLOYER_BULK: readonly ActionSet<BulkTarget>[] = [useBulkUpdate, useBulkMerge, useBulkDelete];
