import { useTranslation } from "react-i18next";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import frame from "~/kit/layout/Frame.module.css";
import rows from "~/kit/layout/Rows.module.css";
import { Attributes } from "./Attributes.tsx";
import { Labels } from "./Labels.tsx";

/** What staff define themselves: custom attributes and labels (M26). */
export function FieldsPage() {
  const { t } = useTranslation();
  return (
    <Scrollable label={t("attributes.page")} className={frame.scroll}>
      <div className={rows.column}>
        <Attributes />
        <Labels />
      </div>
    </Scrollable>
  );
}
