import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuditField, Chips as ChipValues, Id, RecordKind } from "~/ipc";
import { Chip, Chips } from "~/kit/components/Chips.tsx";
import row from "~/kit/layout/Row.module.css";
import styles from "./ChangePreview.module.css";
import { FieldChanges } from "./FieldChanges.tsx";

/** What will happen to one record. */
export type PreviewChange = {
  kind: RecordKind;
  id: Id;
  name: string;
  fields: AuditField[];
  /** It does not exist yet. */
  created?: boolean;
  /** The three facts of a person, before and after; the same twice where none of them changes. */
  chips?: { before: ChipValues; after: ChipValues };
  /** What fields don't say, for example "Goes to the trash". */
  note?: string;
};

/** Records that are left as they are, and why. */
export type PreviewSkipped = { why: string; count: number; names?: string[] };

type Props = {
  /** The first of the records that change; the sentence says how many there are in all. */
  changes: PreviewChange[];
  /** How many records change in all. */
  total: number;
  /** What one might expect to change and does not, a sentence each. */
  stays?: string[];
  skipped?: PreviewSkipped[];
};

/** Says before it is done exactly what will change, record by record, what will not, and what is skipped and why. */
export function ChangePreview({ changes, total, stays = [], skipped = [] }: Props) {
  const { t } = useTranslation();
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={styles.preview}>
      <section>
        <h3 className={styles.heading}>{t("record.preview.will", { count: total })}</h3>
        <ul>
          {changes.map((change) => (
            <Changed key={`${change.kind} ${change.id}`} change={change} />
          ))}
        </ul>
        {total > changes.length && (
          <p className={styles.quiet}>{t("record.preview.more", { count: total - changes.length })}</p>
        )}
      </section>
      {stays.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t("record.preview.stays")}</h3>
          <ul className={styles.sentences}>
            {stays.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      {left > 0 && (
        <section>
          <h3 className={styles.heading}>{t("record.preview.skipped", { count: left })}</h3>
          <ul className={styles.sentences}>
            {skipped
              .filter(({ count }) => count > 0)
              .map(({ why, count, names = [] }) => (
                <li key={why}>
                  {t("record.preview.why", { count, why })}
                  {names.length > 0 && <span className={styles.names}>{names.join(", ")}</span>}
                </li>
              ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Changed({ change }: { change: PreviewChange }) {
  const { t } = useTranslation();
  const { chips } = change;
  const moves = chips !== undefined && JSON.stringify(chips.before) !== JSON.stringify(chips.after);
  return (
    <li className={styles.record}>
      <p className={row.named}>
        <span>{change.name || t("common.unnamed")}</span>
        {change.created && <Chip>{t("record.preview.created")}</Chip>}
        <span className={styles.quiet}>{t(`history.recordKind.${change.kind}`)}</span>
      </p>
      {chips && (
        <div className={styles.chips}>
          {moves && (
            <>
              <span className="visually-hidden">{t("record.fields.from")} </span>
              <Chips chips={chips.before} />
              <ArrowRight size={12} className={styles.arrow} aria-hidden />
              <span className="visually-hidden"> {t("record.fields.to")} </span>
            </>
          )}
          <Chips chips={chips.after} />
        </div>
      )}
      {change.note && <p>{change.note}</p>}
      {change.fields.length > 0 && (
        <FieldChanges kind={change.kind} changes={change.fields} created={change.created ?? false} />
      )}
    </li>
  );
}
