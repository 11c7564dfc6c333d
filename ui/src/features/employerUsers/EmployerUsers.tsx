import { useNavigate } from "@tanstack/react-router";
import { MailPlus, UserRoundCog } from "lucide-react";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, SortKey } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { RecordList } from "~/records/list/RecordList.tsx";
import { useMay } from "~/session/session.ts";
import { EMPLOYER_USER_BULK } from "./bulk.ts";
import { EmployerUserCard } from "./EmployerUserCard.tsx";

const NewUser = lazy(() => import("../logins/NewUser.tsx"));

const SHOWN = ["name", "employer", "role", "access", "last_log_in", "email", "contact", "created_at"];
const WIDTHS = { name: 220, access: 190, role: 160, contact: 180, last_log_in: 120 };
const WITHOUT_ACCOUNT: Condition = { field: "access", op: "is", values: ["none"] };
const BY_NAME: SortKey[] = [{ field: "name", descending: false }];

/** Everybody at an employer who has an account. */
export function EmployerUsers() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  // Whoever has no account is invited among the contacts: there they are chosen, and the dialog says who gets a message.
  const invite = () => void navigate({ to: "/contacts", search: { filter: [WITHOUT_ACCOUNT] } });
  const button = may("manage_users") && (
    <Button icon={MailPlus} onPress={invite}>
      {t("employerUsers.invite")}
    </Button>
  );
  return (
    <RecordList
      kind="employer_user"
      words="employerUsers"
      shown={SHOWN}
      widths={WIDTHS}
      sort={BY_NAME}
      icon={UserRoundCog}
      bulk={EMPLOYER_USER_BULK}
      tools={() => button}
      form={(close) => (
        <NewUser
          onClose={close}
          onCreated={(id) => void navigate({ to: "/settings/employer-users/$id", params: { id }, search: {} })}
        />
      )}
      addPermission="manage_access"
      start={{ action: button }}
      peek={({ id }) => <EmployerUserCard id={id} />}
    />
  );
}
