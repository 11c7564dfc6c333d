import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuditField, Cell, RecordKind } from "~/ipc";
import { fieldLabel, valueText } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useFields } from "~/session/session.ts";
import styles from "./FieldChanges.module.css";

type Props = {
  kind: RecordKind;
  changes: AuditField[];
  /** The record is new: there are no old values to show. */
  created: boolean;
};

/** Fields with their old and new values. */
export function FieldChanges({ kind, changes, created }: Props) {
  const { t } = useTranslation();
  const fields = useFields(kind);
  const words = (key: string, cell: Cell) =>
    valueText(
      fields.find((field) => field.key === key),
      cell.value,
      cell.text,
    );
  return (
    <dl className={stack.smallBy2}>
      {changes.map((change) => {
        const before = words(change.field, change.before);
        const after = words(change.field, change.after);
        return (
          <div key={change.field} className={styles.change}>
            <dt>{fieldLabel(kind, change.field, fields)}</dt>
            <dd>
              {!created && (
                <>
                  <span className="visually-hidden">{t("record.fields.from")} </span>
                  <span className={before === null ? styles.nothing : styles.before}>
                    {before ?? t("common.empty")}
                  </span>
                  <ArrowRight size={12} className={styles.arrow} aria-hidden />
                  <span className="visually-hidden"> {t("record.fields.to")} </span>
                </>
              )}
              <span className={after === null ? styles.nothing : undefined}>{after ?? t("common.empty")}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
