import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { call, commands, type HistoryQuery, type Id, type RecordChange } from "~/ipc";
import { usePaged } from "~/kit/components/PagedList.tsx";
import { spanOf } from "~/kit/i18n/days.ts";
import type { HistorySearch } from "./search.ts";

const STEPS = 100;

/** The steps that fit the filter, newest first, read on as one scrolls. */
export function useHistory({ person, kind, day }: HistorySearch) {
  const span = day ? spanOf(day) : null;
  const query: Omit<HistoryQuery, "before"> = {
    actor: person ?? null,
    kind: kind ?? null,
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
    }),
  );
}

/** What a step did to one record; null where only a newer version of Liaison can tell. */
type StepChange = { id: string; change: RecordChange | null };

/** What one step did, record by record. */
export function useChanges(operation: Id) {
  return usePaged<StepChange>({
    key: ["history", "changes", operation],
    read: async ({ offset }, limit) => {
      const { changes, newer, total } = await call(commands.historyChanges(operation, offset, limit));
      const rows: StepChange[] = changes.map((change) => ({ id: `${change.kind} ${change.record}`, change }));
      for (let n = 0; n < newer; n++) rows.push({ id: `newer ${offset + n}`, change: null });
      return { rows, total };
    },
  });
}
