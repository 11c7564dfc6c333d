import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type ChangeGroup, call, commands, type HistoryQuery, type Id } from "~/ipc";
import { usePaged } from "~/kit/components/PagedList.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { spanOf } from "~/kit/i18n/days.ts";
import { type HistorySearch, kindsOf } from "./search.ts";

const STEPS = 100;

/** The steps that fit search and filter, newest first, read on as one scrolls. */
export function useHistory({ q, person, kind, day }: HistorySearch) {
  const span = day ? spanOf(day) : null;
  const about = useRested(q ?? "");
  const query: Omit<HistoryQuery, "before"> = {
    actor: person ?? null,
    kinds: kindsOf(kind),
    about,
    changes_only: false,
    since: span?.since ?? null,
    until: span?.until ?? null,
    limit: STEPS,
  };
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: ["history", "list", query],
      queryFn: ({ pageParam }) => call(commands.historyList({ ...query, before: pageParam })),
      initialPageParam: null as Id | null,
      getNextPageParam: (page) => (page.rows.length < STEPS ? undefined : page.rows.at(-1)?.id),
      // While one types the steps before stay in sight.
      placeholderData: keepPreviousData,
    }),
  );
}

/** One step that the list does not show. */
export function useStep(operation: Id, enabled: boolean) {
  return useQuery({
    queryKey: ["history", "step", operation],
    queryFn: () => call(commands.historyStep(operation)),
    enabled,
  });
}

/** What a step did to records it changed alike; null stands for those that only a newer version of Liaison can tell. */
type StepChange = { id: string; group: ChangeGroup | null };

/** What one step did: records that it changed alike together. */
export function useChanges(operation: Id) {
  return usePaged<StepChange & { changes: number }>({
    key: ["history", "changes", operation],
    read: async ({ offset }, limit) => {
      const { groups, newer, total, changes } = await call(commands.historyChanges(operation, offset, limit));
      const rows = groups.map((group, n) => ({ id: `${offset + n}`, group: group as ChangeGroup | null, changes }));
      const isLast = offset + groups.length >= total;
      if (newer > 0 && isLast) rows.push({ id: "newer", group: null, changes });
      return { rows, total: newer > 0 ? total + 1 : total };
    },
  });
}
