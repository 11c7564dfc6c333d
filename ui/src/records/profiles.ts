import { useQuery } from "@tanstack/react-query";
import { call, commands, type Id } from "~/ipc";

/** A contact with its three facts, its employer and its linked user. */
export function useContact(id: Id) {
  return useQuery({
    queryKey: ["contacts", "profile", id],
    queryFn: () => call(commands.contactGet(id)),
    meta: { tags: ["employer_users", "notes", "activities", "queue", "employers", "history"] },
  });
}

/** An employer with its counts. */
export function useEmployer(id: Id) {
  return useQuery({
    queryKey: ["employers", "profile", id],
    queryFn: () => call(commands.employerGet(id)),
    meta: { tags: ["contacts", "employer_users", "activities", "history"] },
  });
}
