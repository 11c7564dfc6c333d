import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeGroup } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { countOf } from "~/kit/i18n/words.ts";
import rowStyle from "~/kit/layout/Row.module.css";
import { FieldChanges } from "~/records/fields/FieldChanges.tsx";
import { RecordLink } from "~/records/pages.tsx";
import styles from "./History.module.css";

/** How many names are shown until one asks for more. */
const NAMES = 8;

type Props = { group: ChangeGroup; isErased: boolean };

/** What a step did to a record, or to several that it changed alike: "79 contacts", the change once, their names. */
export function Changed({ group, isErased }: Props) {
  const { t } = useTranslation();
  const { kind, count, created, fields, records } = group;
  const [first] = records;
  const values = isErased ? (
    <p className={styles.meta}>{t("history.detail.erased")}</p>
  ) : fields.length === 0 ? (
    <p className={styles.meta}>{t("history.detail.noFields")}</p>
  ) : (
    <FieldChanges kind={kind} changes={fields} created={created} />
  );
  if (count > 1 || !first)
    return (
      <div className={styles.changed}>
        <p className={styles.together}>{countOf(kind, count)}</p>
        {values}
        {!isErased && <Names group={group} />}
      </div>
    );
  return (
    <div className={styles.changed}>
      <p className={rowStyle.named}>
        {isErased && first.name === "" ? (
          <span>{t("history.detail.gone")}</span>
        ) : (
          <RecordLink kind={kind} id={first.id} name={first.name || t("common.unnamed")} />
        )}
        {created && <Chip>{t("history.detail.created")}</Chip>}
        <span className={styles.meta}>{t(`history.recordKind.${kind}`)}</span>
      </p>
      {values}
    </div>
  );
}

/** Who they are; the first at once, the others on demand. */
function Names({ group: { kind, count, records } }: { group: ChangeGroup }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? records : records.slice(0, NAMES);
  const unlisted = count - records.length;
  return (
    <>
      <ul className={styles.names} aria-label={t("history.detail.names")}>
        {shown.map(({ id, name }) => (
          <li key={id}>
            <RecordLink kind={kind} id={id} name={name || t("common.unnamed")} />
          </li>
        ))}
      </ul>
      {shown.length < records.length && (
        <span>
          <Button variant="quiet" size="small" onPress={() => setAll(true)}>
            {t("history.detail.showAll", { count: records.length - shown.length })}
          </Button>
        </span>
      )}
      {shown.length === records.length && unlisted > 0 && (
        <p className={styles.meta}>{t("history.detail.unlisted", { count: unlisted })}</p>
      )}
    </>
  );
}
