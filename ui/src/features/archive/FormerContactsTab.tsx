import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call, commands, type EmployerProfile, type FormerContact } from "~/ipc";
import { Chip } from "~/kit/components/Chips.tsx";
import { PagedList, usePaged } from "~/kit/components/PagedList.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import styles from "./Archive.module.css";
import { dayWords } from "./archiveChoices.ts";

/** The people who left an employer, those at "Inactive" tagged so (M24). */
export default function FormerContactsTab({ record }: TabProps<EmployerProfile>) {
  const { t, i18n } = useTranslation();
  const paged = usePaged<FormerContact>({
    key: ["employments", "former", record.id],
    read: ({ offset }, limit) => call(commands.formerContacts(record.id, offset, limit)),
    tags: ["contacts", "employers"],
  });
  return (
    <PagedList
      label={t("archive.former.list", { name: record.name })}
      paged={paged}
      idOf={({ id }) => id}
      empty={<EmptyState>{t("archive.former.none")}</EmptyState>}
    >
      {({ id, name, title, email, left_on, now_at, inactive }) => (
        <div className={styles.person}>
          <Link to="/contacts/$id" params={{ id }} search={{}}>
            {name || t("common.unnamed")}
          </Link>
          {title && <span>{title}</span>}
          {email && <span className={styles.quiet}>{email}</span>}
          <span className={styles.quiet}>{t("archive.former.left", { day: dayWords(left_on, i18n.language) })}</span>
          {inactive ? (
            <Chip tone="faint">{t("archive.former.inactive")}</Chip>
          ) : (
            now_at && <span className={styles.quiet}>{t("archive.former.now", { employer: now_at })}</span>
          )}
        </div>
      )}
    </PagedList>
  );
}
