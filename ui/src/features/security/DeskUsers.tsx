import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { When } from "~/kit/components/When.tsx";
import { count } from "~/kit/i18n/words.ts";
import sections from "~/kit/layout/Sections.module.css";
import styles from "./Security.module.css";

/** Who changed something at this desk, from the journal. */
export function DeskUsers() {
  const { t } = useTranslation();
  const id = useId();
  const used = useQuery({ queryKey: ["history", "use"], queryFn: () => call(commands.deskUse()) });
  return (
    <section className={`${sections.section} ${sections.wide}`} aria-labelledby={id}>
      <h2 id={id} className={sections.title}>
        {t("security.use.title")}
      </h2>
      <p className={sections.note}>{t("security.use.lead")}</p>
      {used.error ? <ErrorState error={used.error} onRetry={() => void used.refetch()} /> : null}
      {used.isPending && <Skeleton />}
      {used.data && (
        <table className={sections.table}>
          <thead>
            <tr>
              <th scope="col">{t("security.use.person")}</th>
              <th scope="col">{t("security.use.last")}</th>
              <th scope="col">{t("security.use.device")}</th>
              <th scope="col" className={sections.number}>
                {t("security.use.changes")}
              </th>
            </tr>
          </thead>
          <tbody>
            {used.data.map(({ staff, name, last_at: last, device, operations }) => (
              <tr key={staff}>
                <td>
                  <span className={styles.person}>
                    <Avatar name={name} />
                    {name || t("security.use.unknown")}
                  </span>
                </td>
                <td>
                  <When at={last} />
                </td>
                <td>{device}</td>
                <td className={sections.number}>
                  <Link to="/history" search={{ person: staff }}>
                    {count(operations)}
                    <span className="visually-hidden"> {t("security.use.by", { name })}</span>
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
