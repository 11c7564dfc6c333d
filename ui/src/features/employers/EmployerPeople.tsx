import { useNavigate } from "@tanstack/react-router";
import { ArrowUpRight, UsersRound } from "lucide-react";
import { lazy, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, EmployerProfile } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { RecordList } from "~/records/list/RecordList.tsx";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { CONTACT_BULK } from "../contacts/bulk.ts";
import { ContactCard } from "../profile/ContactCard.tsx";

const NewContact = lazy(() => import("../contacts/NewContact.tsx"));

const SHOWN = ["name", "title", "visibility", "access", "email", "work_phone"];
const WITHOUT = ["employer", "approval"];
const WIDTHS = { name: 200, title: 180 };

/** The employer's contacts in the directory. */
export default function EmployerPeople({ record }: TabProps<EmployerProfile>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const base = useMemo<Condition[]>(() => [{ field: "employer", op: "is", values: [record.id] }], [record.id]);
  return (
    <RecordList
      kind="contact"
      words="contacts"
      name="employer-contacts"
      label={t("employers.people.label", { name: record.name })}
      shown={SHOWN}
      widths={WIDTHS}
      without={WITHOUT}
      base={base}
      icon={UsersRound}
      bulk={CONTACT_BULK}
      peek={({ id, name }) => <ContactCard id={id} name={name} />}
      tools={({ search }) => (
        <IconButton
          label={t("employers.people.all")}
          icon={ArrowUpRight}
          onPress={() =>
            void navigate({ to: "/contacts", search: { ...search, filter: [...base, ...(search.filter ?? [])] } })
          }
        />
      )}
      {...(record.deleted || record.inactive
        ? {}
        : { form: (close: () => void) => <NewContact employer={record.id} onClose={close} /> })}
      start={{ sentence: t("employers.people.none") }}
    />
  );
}
