import type { Id, ListQuery } from "~/ipc";
import type { ListSearch } from "~/records/query/listSearch.ts";

/** A place of the app that shows lists. */
export type ListPlace =
  | "/notifications/contacts"
  | "/contacts"
  | "/employers"
  | "/students"
  | "/caseload"
  | "/tasks"
  | "/meetings"
  | "/listings"
  | "/interviews";

/** Where exactly the list of a query is shown; what the place itself asks for is left out of its address. */
export function listAddress(
  { kind, filter, sort }: ListQuery,
  me: Id | undefined,
): { to: ListPlace; search: ListSearch } {
  const is = (field: string, value: string | undefined) =>
    filter.find(
      (condition) =>
        condition.field === field &&
        condition.op === "is" &&
        condition.values.length === 1 &&
        condition.values[0] === value,
    );
  const at = (to: ListPlace, implied?: (typeof filter)[number]) => {
    const rest = filter.filter((condition) => condition !== implied);
    return {
      to,
      search: { ...(rest.length > 0 ? { filter: rest } : {}), ...(sort.length > 0 ? { sort } : {}) },
    };
  };
  switch (kind) {
    case "contact": {
      const pending = is("approval", "pending");
      return pending ? at("/notifications/contacts", pending) : at("/contacts");
    }
    case "student": {
      const mine = is("assigned_to", me);
      return mine ? at("/caseload", mine) : at("/students");
    }
    case "task":
      return at("/tasks");
    case "meeting":
      return at("/meetings");
    case "job_listing":
      return at("/listings");
    case "interview_schedule":
      return at("/interviews");
    default:
      return at("/employers");
  }
}
