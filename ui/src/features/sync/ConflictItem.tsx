import { useTranslation } from "react-i18next";
import type { Cell, ConflictRow, ConflictVersion, Id } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { dateTime, fieldLabel, valueText } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import sections from "~/kit/layout/Sections.module.css";
import { useFields } from "~/session/session.ts";
import { whenAndWhere } from "../history/sentence.ts";
import styles from "./Sync.module.css";

type Props = {
  conflict: ConflictRow;
  isDisabled: boolean;
  onChoose: (operation: Id) => void;
};

/** The values of one field that two people changed, each with who wrote it and a button that chooses it. */
export function ConflictItem({ conflict, isDisabled, onChoose }: Props) {
  const { t } = useTranslation();
  const fields = useFields(conflict.kind);
  const field = fields.find(({ key }) => key === conflict.field);
  const label = fieldLabel(conflict.kind, conflict.field, fields);
  const words = ({ value, text }: Cell) => valueText(field, value, text) ?? t("common.empty");
  const title = (version: ConflictVersion, at: number) =>
    version.mine ? t("sync.conflicts.mine") : at === 0 ? t("sync.conflicts.current") : t("sync.conflicts.theirs");
  return (
    <dl className={styles.versions}>
      <div>
        <dt>{t("sync.conflicts.before")}</dt>
        <dd>{words(conflict.before)}</dd>
      </div>
      {conflict.versions.map((version, at) => (
        <div key={version.operation}>
          <dt>{title(version, at)}</dt>
          <dd>
            <span>{words(version.value)}</span>
            <span className={sections.note}>
              {t("sync.conflicts.by", {
                actor: version.actor,
                when: whenAndWhere(t, dateTime(version.at), version.device),
              })}
            </span>
            <div className={row.wrapCenter}>
              <Button
                size="small"
                isDisabled={isDisabled}
                aria-label={t(at === 0 ? "sync.conflicts.keepNamed" : "sync.conflicts.useNamed", {
                  value: words(version.value),
                  field: label,
                  name: conflict.name,
                })}
                onPress={() => onChoose(version.operation)}
              >
                {at === 0 ? t("sync.conflicts.keep") : t("sync.conflicts.use")}
              </Button>
            </div>
          </dd>
        </div>
      ))}
    </dl>
  );
}
