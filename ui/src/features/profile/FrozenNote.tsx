import { Snowflake } from "lucide-react";
import { useTranslation } from "react-i18next";
import row from "~/kit/layout/Row.module.css";
import styles from "./Profile.module.css";

/** Says why a rejected contact can't be edited, and what would change that. */
export function FrozenNote() {
  const { t } = useTranslation();
  return (
    <p className={`${row.banner} ${styles.frozen}`}>
      <Snowflake size={16} strokeWidth={1.75} aria-hidden />
      <span>{t("profile.frozen")}</span>
    </p>
  );
}
