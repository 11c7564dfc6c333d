import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call, commands, type EmploymentRow, type Id } from "~/ipc";
import { Chip } from "~/kit/components/Chips.tsx";
import stack from "~/kit/layout/Stack.module.css";
import record from "~/records/fields/Record.module.css";
import styles from "./Archive.module.css";
import { dayWords } from "./archiveChoices.ts";

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
      <ul className={stack.by8}>
        {rows.map((row) => (
          <li key={row.id ?? row.employer} className={styles.employment}>
            <Link to="/employers/$id" params={{ id: row.employer }} search={{}}>
              {row.employer_name || t("common.unnamed")}
            </Link>
            {row.title && <span>{row.title}</span>}
            {row.email && !row.current && <span className={styles.quiet}>{row.email}</span>}
            <Days row={row} />
            {row.current ? (
              <Chip tone="good">{t("archive.history.now")}</Chip>
            ) : (
              row.ended_on && <Chip tone="faint">{t("archive.history.former")}</Chip>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Days({ row: { started_on: from, ended_on: until } }: { row: EmploymentRow }) {
  const { t, i18n } = useTranslation();
  const words = (day: string) => dayWords(day, i18n.language);
  if (from && until)
    return (
      <span className={styles.quiet}>{t("archive.history.span", { from: words(from), until: words(until) })}</span>
    );
  if (until) return <span className={styles.quiet}>{t("archive.history.until", { day: words(until) })}</span>;
  if (from) return <span className={styles.quiet}>{t("archive.history.since", { day: words(from) })}</span>;
  return null;
}
