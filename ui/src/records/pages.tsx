import { Link, useNavigate } from "@tanstack/react-router";
import type { Id, RecordKind } from "~/ipc";

/** The page of a record; null for kinds that have none. */
function recordPage(kind: RecordKind, id: Id) {
  switch (kind) {
    case "contact":
      return { to: "/contacts/$id", params: { id }, search: {} } as const;
    case "employer":
      return { to: "/employers/$id", params: { id }, search: {} } as const;
    case "student":
      return { to: "/students/$id", params: { id }, search: {} } as const;
    case "event":
      return { to: "/events/$id", params: { id }, search: {} } as const;
    case "employer_user":
      return { to: "/settings/employer-users/$id", params: { id }, search: {} } as const;
    default:
      return null;
  }
}

/** Goes to a record's page, where it has one. */
export function useOpenRecord(): (kind: RecordKind, id: Id) => void {
  const navigate = useNavigate();
  return (kind, id) => {
    const page = recordPage(kind, id);
    if (page) void navigate(page);
  };
}

/** A record's name, as a link where it has a page. */
export function RecordLink({ kind, id, name }: { kind: RecordKind; id: Id; name: string }) {
  const page = recordPage(kind, id);
  return page ? <Link {...page}>{name}</Link> : <span>{name}</span>;
}
