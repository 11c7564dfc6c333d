import { useTranslation } from "react-i18next";
import { dayFormat, dayOf } from "~/kit/i18n/zone.ts";
import styles from "./Start.module.css";
import { groupsOf } from "./setup.ts";

/** What is printed of a recovery key: whose it is, since when, and what it is for. */
export function RecoverySheet({ recoveryKey, institution }: { recoveryKey: string; institution: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={styles.sheetTitle}>{t("start.recovery.sheetTitle")}</p>
      <p>
        {t("start.recovery.sheetFor", {
          institution,
          date: dayFormat({ dateStyle: "long" }).format(dayOf(Date.now())),
        })}
      </p>
      <p className={styles.sheetKey}>{groupsOf(recoveryKey).join(" - ")}</p>
      <p>{t("start.recovery.sheetUse")}</p>
    </>
  );
}
