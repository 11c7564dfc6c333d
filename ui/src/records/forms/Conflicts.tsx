import { useTranslation } from "react-i18next";
import type { FieldConflict, FieldSchema, FieldValue, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { When } from "~/kit/components/When.tsx";
import { fieldLabel, valueText } from "~/kit/i18n/words.ts";
import { useNames } from "../references.ts";
import styles from "./Conflicts.module.css";

type Props = {
  /** The kind of the record that is edited. */
  kind: RecordKind;
  conflicts: FieldConflict[];
  fields: FieldSchema[];
  onSettle: (conflict: FieldConflict, keep: "mine" | "theirs") => void;
};

/** Somebody changed the same field meanwhile: the value it had, mine and theirs, to choose from. None is lost. */
export function Conflicts({ kind, conflicts, fields, onSettle }: Props) {
  const { t } = useTranslation();
  const references = conflicts.flatMap((conflict) => {
    const type = fields.find((field) => field.key === conflict.field)?.field_type;
    if (type?.type !== "reference") return [];
    return [conflict.base, conflict.mine, conflict.theirs].flatMap((value) =>
      typeof value === "string" ? [{ kind: type.kind, id: value }] : [],
    );
  });
  const nameOf = useNames(references);
  const words = (conflict: FieldConflict, value: FieldValue) => {
    const field = fields.find((each) => each.key === conflict.field);
    const name = field?.field_type.type === "reference" && typeof value === "string" ? (nameOf(value) ?? "") : null;
    return valueText(field, value, name) ?? t("common.empty");
  };
  return (
    <div className={styles.conflicts} role="alert">
      <p>{t("record.conflict.intro", { count: conflicts.length })}</p>
      {conflicts.map((conflict) => (
        <section key={conflict.field} className={styles.conflict}>
          <h3 className={styles.field}>{fieldLabel(kind, conflict.field, fields)}</h3>
          <dl className={styles.values}>
            <dt>{t("record.conflict.base")}</dt>
            <dd>{words(conflict, conflict.base)}</dd>
            <dt>{t("record.conflict.mine")}</dt>
            <dd>{words(conflict, conflict.mine)}</dd>
            <dt>
              {t("record.conflict.theirs", { by: conflict.by })}{" "}
              {conflict.at !== null && (
                <>
                  {" "}
                  · <When at={conflict.at} />
                </>
              )}
            </dt>
            <dd>{words(conflict, conflict.theirs)}</dd>
          </dl>
          <div className={styles.choice}>
            <Button size="small" onPress={() => onSettle(conflict, "mine")}>
              {t("record.conflict.keepMine")}
            </Button>
            <Button size="small" onPress={() => onSettle(conflict, "theirs")}>
              {t("record.conflict.keepTheirs")}
            </Button>
          </div>
        </section>
      ))}
    </div>
  );
}
