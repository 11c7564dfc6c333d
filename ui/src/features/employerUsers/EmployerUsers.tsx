import { UserRoundCog } from "lucide-react";
import type { SortKey } from "~/ipc";
import { RecordList } from "~/records/list/RecordList.tsx";
import { EMPLOYER_USER_BULK } from "./bulk.ts";
import { EmployerUserCard } from "./EmployerUserCard.tsx";

const SHOWN = ["name", "employer", "role", "access", "last_log_in", "email", "contact", "created_at"];
const WIDTHS = { name: 220, access: 190, role: 160, contact: 180, last_log_in: 120 };
const BY_NAME: SortKey[] = [{ field: "name", descending: false }];

/** Everybody at an employer who has an account. */
export function EmployerUsers() {
  return (
    <RecordList
      kind="employer_user"
      words="employerUsers"
      shown={SHOWN}
      widths={WIDTHS}
      sort={BY_NAME}
      icon={UserRoundCog}
      bulk={EMPLOYER_USER_BULK}
      peek={({ id }) => <EmployerUserCard id={id} />}
    />
  );
}
