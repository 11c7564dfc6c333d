import { useQuery } from "@tanstack/react-query";
import { type Activity, type ActivityTab, call, commands, type Id, type RecordKind } from "~/ipc";
import { usePaged } from "~/kit/components/PagedList.tsx";

/** A tab's records, newest first, page by page. */
export function useActivities(kind: "contact" | "employer" | "student", id: Id, tab: ActivityTab) {
  return usePaged<Activity>({
    key: ["activities", tab, kind, id],
    read: ({ after }, limit) => call(commands.activityList({ kind, id }, tab, after?.place ?? null, limit)),
  });
}

/** Who takes part. */
export function useParticipants(kind: RecordKind, id: Id) {
  return useQuery({
    queryKey: ["activities", "participants", kind, id],
    queryFn: () => call(commands.participantsList(kind, id)),
    meta: { tags: ["contacts"] },
  });
}

/** What the person at the desk has to do today. */
export function useMyDay() {
  return useQuery({
    queryKey: ["activities", "my-day"],
    queryFn: () => call(commands.myDay()),
    refetchInterval: 60_000,
  });
}
