import { useTranslation } from "react-i18next";
import { EmptyState } from "~/components/States.tsx";
import type { EmployerProfile } from "~/ipc";
import { FieldGroups } from "../record/FieldGroups.tsx";
import type { TabProps } from "../record/RecordPage.tsx";
import { useFields } from "../shell/session.ts";

/** What the header says already. */
const SAID = ["name", "labels"];

/** All fields of an employer. */
export function EmployerOverview({ record }: TabProps<EmployerProfile>) {
  const { t } = useTranslation();
  const fields = useFields("employer");
  const isKnown = fields.some(({ key }) => !SAID.includes(key) && record.values[key] !== undefined);
  return isKnown ? (
    <FieldGroups kind="employer" fields={fields} values={record.values} omit={SAID} layout="columns" />
  ) : (
    <EmptyState>{t("employers.aboutEmpty")}</EmptyState>
  );
}
