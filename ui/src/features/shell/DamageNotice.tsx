import { TriangleAlert } from "lucide-react";
import { Trans, useTranslation } from "react-i18next";
import { When } from "~/components/When.tsx";
import styles from "./DamageNotice.module.css";
import { useAppState } from "./session.ts";

/** Above every screen while something is known to be wrong with what is stored: what, and what to do. */
export function DamageNotice() {
  const { t } = useTranslation();
  const { damage } = useAppState();
  if (damage === null) return null;
  return (
    <div className={styles.notice} role="status">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
      <p>
        {damage.findings > 0 && damage.checked_at !== null ? (
          <Trans
            i18nKey="shell.damage.found"
            count={damage.findings}
            components={{ when: <When at={damage.checked_at} /> }}
          />
        ) : (
          t("shell.damage.pages")
        )}{" "}
        {t("shell.damage.next")}
      </p>
    </div>
  );
}
