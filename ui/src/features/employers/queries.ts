import { useQuery } from "@tanstack/react-query";
import { call, commands, type Id } from "~/ipc";

/** An employer with its counts. */
export function useEmployer(id: Id) {
  return useQuery({
    queryKey: ["employers", "profile", id],
    queryFn: () => call(commands.employerGet(id)),
    meta: { tags: ["contacts", "employer_users", "activities", "history"] },
  });
}
