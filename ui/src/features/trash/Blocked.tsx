import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { BlockedRecord, Blocker, DeletePreview, Id } from "~/ipc";
import { countOf } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { RecordLink } from "~/records/pages.tsx";
import { AlternativesForEmployer, AlternativesForMany, AlternativesForOne } from "./Alternatives.tsx";
import type { DeletedKind } from "./request.ts";
import styles from "./Trash.module.css";

/** Records listed by name; the others are counted. */
const SHOWN = 8;

type Props = {
  kind: DeletedKind;
  name: string | null;
  preview: DeletePreview;
  /** Something else was done with them. */
  onDone: () => void;
  /** A link leads to another page. */
  onLeave: () => void;
  onMerge?: (id: Id) => void;
};

/** What can't be deleted, what stands in its way by name, and what can be done instead (B9). */
export function Blocked({ kind, name, preview, onDone, onLeave, onMerge }: Props) {
  const { t } = useTranslation();
  const { blocked, blocked_ids, blocked_records } = preview;
  const [only] = blocked_records;
  const isOne = name !== null && only !== undefined;
  return (
    // A click on a link, by mouse or key, leaves the dialog behind.
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside are what is clicked.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click.
    <div
      className={`${stack.by8} ${styles.blocked}`}
      onClick={(event) => event.target instanceof HTMLAnchorElement && onLeave()}
    >
      {isOne ? (
        <>
          <p>{t("trash.delete.blockedOne", { name })}</p>
          <Blockers blockers={only.blockers} />
        </>
      ) : (
        <>
          <p>{t("trash.delete.blockedMany", { count: blocked, what: countOf(kind, blocked) })}</p>
          <ul className={`${stack.by4} ${styles.records}`}>
            {blocked_records.slice(0, SHOWN).map((record) => (
              <BlockedLine key={record.id} kind={kind} record={record} />
            ))}
            {blocked > SHOWN && <li>{t("trash.delete.more", { count: blocked - SHOWN })}</li>}
          </ul>
        </>
      )}
      {isOne && kind === "contact" && (
        <AlternativesForOne id={only.id} onDone={onDone} onLeave={onLeave} {...(onMerge ? { onMerge } : {})} />
      )}
      {isOne && kind === "employer" && onMerge && (
        <AlternativesForEmployer
          onMerge={() => {
            onLeave();
            onMerge(only.id);
          }}
        />
      )}
      {!isOne && kind === "contact" && <AlternativesForMany ids={blocked_ids} onDone={onDone} />}
    </div>
  );
}

function BlockedLine({ kind, record }: { kind: DeletedKind; record: BlockedRecord }) {
  const { t } = useTranslation();
  return (
    <li>
      <RecordLink kind={kind} id={record.id} name={record.name || t("common.unnamed")} />
      <Blockers blockers={record.blockers} />
    </li>
  );
}

function Blockers({ blockers }: { blockers: Blocker[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.blockers}>
      {blockers.map(({ kind, field, count, records }) => (
        <li key={`${kind} ${field}`}>
          {t("trash.delete.blocker", { what: countOf(kind, count) })}
          {records.map(({ id, name }, n) => (
            <Fragment key={id}>
              {n > 0 && ", "}
              <RecordLink kind={kind} id={id} name={name || t("common.unnamed")} />
            </Fragment>
          ))}
          {count > records.length && `, ${t("trash.delete.more", { count: count - records.length })}`}
        </li>
      ))}
    </ul>
  );
}
