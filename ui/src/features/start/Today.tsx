import { useTranslation } from "react-i18next";
import { count } from "~/kit/i18n/words.ts";
import { MyDay } from "../activities/MyDay.tsx";
import styles from "./Home.module.css";
import { FigureLink, type Figures } from "./HomeTiles.tsx";

/** Today: meetings first, then what is overdue and due. */
export function Today({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const shown = (["meetings_today", "tasks_overdue", "tasks_today"] as const).flatMap(
    (name) => figures.get(name) ?? [],
  );
  const isFree = shown.every((figure) => figure.count === 0);
  return (
    <section className={styles.today} aria-labelledby="home-day">
      <h3 id="home-day" className={styles.heading}>
        {t("start.home.today")}
      </h3>
      {isFree ? (
        <p className={styles.quiet}>{t("start.home.todayFree")}</p>
      ) : (
        <ul className={styles.todayNumbers}>
          {shown
            .filter((figure) => figure.count > 0)
            .map((figure) => (
              <li key={figure.name}>
                <FigureLink figure={figure} className={styles.part}>
                  <strong>{count(figure.count)}</strong>{" "}
                  {t(`start.home.figure.${figure.name}`, { count: figure.count })}
                </FigureLink>
              </li>
            ))}
        </ul>
      )}
      <MyDay more={styles.more ?? ""} />
    </section>
  );
}
