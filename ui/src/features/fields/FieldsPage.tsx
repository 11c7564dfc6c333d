import { useTranslation } from "react-i18next";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { Attributes } from "./Attributes.tsx";
import styles from "./Fields.module.css";
import { Labels } from "./Labels.tsx";

/** What staff define themselves: custom attributes and labels (M26). */
export function FieldsPage() {
  const { t } = useTranslation();
  return (
    <Scrollable label={t("attributes.page")} className={styles.scroll}>
      <div className={styles.column}>
        <Attributes />
        <Labels />
      </div>
    </Scrollable>
  );
}
