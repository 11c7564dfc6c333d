import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call, commands, type EmployerProfile, type FormerContact } from "~/ipc";
import { InactiveChip } from "~/kit/components/Chips.tsx";
import { PagedList, usePaged } from "~/kit/components/PagedList.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { day } from "~/kit/i18n/words.ts";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import styles from "./Archive.module.css";

/** The people who left an employer, those at "Inactive" tagged so (M24). */
export default function FormerContactsTab({ record }: TabProps<EmployerProfile>) {
  const { t } = useTranslation();
  const paged = usePaged<FormerContact>({
    key: ["employments", "former", record.id],
    read: ({ offset }, limit) => call(commands.formerContacts(record.id, offset, limit)),
    tags: ["contacts", "employers"],
  });
  return (
    <PagedList<FormerContact>
      label={t("archive.former.list", { name: record.name })}
      paged={paged}
      idOf={({ id }) => id}
      empty={<EmptyState>{t("archive.former.none")}</EmptyState>}
      columns={[
        t("archive.column.name"),
        t("archive.column.title"),
        t("archive.column.from"),
        t("archive.column.left"),
        t("archive.column.now"),
      ]}
    >
      {({ id, name, title, email, started_on, left_on, now_at, inactive }) => (
        <>
          <td>
            <Link to="/contacts/$id" params={{ id }} search={{}}>
              {name || t("common.unnamed")}
            </Link>
            {email && <div className={styles.quiet}>{email}</div>}
          </td>
          <td>{title}</td>
          <td className={styles.day}>{started_on && day(started_on)}</td>
          <td className={styles.day}>{day(left_on)}</td>
          <td>{inactive ? <InactiveChip /> : now_at}</td>
        </>
      )}
    </PagedList>
  );
}
