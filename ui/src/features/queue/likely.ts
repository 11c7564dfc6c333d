import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  type CacheTag,
  type Condition,
  call,
  commands,
  type Id,
  type ListQuery,
  type QueueLikeness,
  type SortKey,
} from "~/ipc";

/** By what the queue is filtered and sorted as if it were a field, see `queue_open`. */
const LIKELY_DUPLICATE = "likely_duplicate";

export const isLikelyFilter = (condition: Condition) => condition.field === LIKELY_DUPLICATE;

export const ONLY_LIKELY: Condition = { field: LIKELY_DUPLICATE, op: "is_not_empty", values: [] };

export const LIKELIEST_FIRST: SortKey = { field: LIKELY_DUPLICATE, descending: true };

/** By what a list is opened that is filtered or sorted by it; it also depends on who was told apart. */
const OPENING = { command: commands.queueOpen, tags: ["duplicates", "employers"] satisfies CacheTag[] };

/** How the queue is opened. */
export function openingOf({ filter, sort }: ListQuery) {
  const isAsked = filter.some(isLikelyFilter) || sort.some(({ field }) => field === LIKELY_DUPLICATE);
  return isAsked ? OPENING : undefined;
}

/** Which pending contacts may be duplicates, and of whom; `undefined` while that is found out. */
export function useLikely(): ReadonlyMap<Id, QueueLikeness> | undefined {
  const { data } = useQuery({
    queryKey: ["queue", "likenesses"],
    queryFn: () => call(commands.queueLikenesses()),
    meta: { tags: ["duplicates", "contacts", "employers"] satisfies CacheTag[] },
    placeholderData: (before) => before,
  });
  return useMemo(() => data && new Map(data.map((likeness) => [likeness.id, likeness])), [data]);
}
