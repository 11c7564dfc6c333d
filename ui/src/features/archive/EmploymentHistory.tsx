import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call, commands, type Id } from "~/ipc";
import { Chip } from "~/kit/components/Chips.tsx";
import { day } from "~/kit/i18n/words.ts";
import sections from "~/kit/layout/Sections.module.css";
import record from "~/records/fields/Record.module.css";
import styles from "./Archive.module.css";

/** Where a contact worked before and works now, with days, titles and addresses (M24). */
export function EmploymentHistory({ contact }: { contact: Id }) {
  const { t } = useTranslation();
  const rows = useQuery({
    queryKey: ["employments", contact],
    queryFn: () => call(commands.contactEmployments(contact)),
    meta: { tags: ["contacts", "employers"] },
  }).data;
  // A contact that has always been where it is has no history to show.
  if (!rows?.some(({ id }) => id !== null)) return null;
  return (
    <section aria-label={t("archive.history.title")}>
      <h2 className={record.heading}>{t("archive.history.title")}</h2>
      <div className={styles.scroll}>
        <table className={sections.table}>
          <thead>
            <tr>
              <th scope="col">{t("archive.column.name")}</th>
              <th scope="col">{t("archive.column.title")}</th>
              <th scope="col">{t("archive.column.from")}</th>
              <th scope="col">{t("archive.column.left")}</th>
              <th scope="col">{t("archive.column.now")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id ?? row.employer}>
                <td>
                  <Link to="/employers/$id" params={{ id: row.employer }} search={{}}>
                    {row.employer_name || t("common.unnamed")}
                  </Link>
                  {row.email && !row.current && <div className={styles.quiet}>{row.email}</div>}
                </td>
                <td>{row.title}</td>
                <td className={styles.day}>{row.started_on && day(row.started_on)}</td>
                <td className={styles.day}>{row.ended_on && day(row.ended_on)}</td>
                <td>{row.current && <Chip tone="good">{t("archive.history.now")}</Chip>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
