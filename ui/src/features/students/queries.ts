import { useQuery } from "@tanstack/react-query";
import { call, commands, type Id } from "~/ipc";

/** The panel of a student or alum (M40). */
export function useStudent(id: Id) {
  return useQuery({
    queryKey: ["students", "panel", id],
    queryFn: () => call(commands.studentGet(id)),
    meta: { tags: ["groups", "onboarding", "invitations", "institution", "history", "activities"] },
  });
}

/** Who cases can be assigned to, with what each has. */
export function useCaseLoads(search: string) {
  return useQuery({
    queryKey: ["students", "loads", search],
    queryFn: () => call(commands.caseLoads(search)),
    meta: { tags: ["institution"] },
    placeholderData: (before) => before,
  });
}

/** The groups, by name. */
export function useGroups() {
  return useQuery({
    queryKey: ["groups", "list"],
    queryFn: () => call(commands.groupsList()),
    meta: { tags: ["students"] },
  });
}
