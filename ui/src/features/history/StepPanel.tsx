import { RotateCcw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Id, OperationRow, RecordChange } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { PagedList } from "~/kit/components/PagedList.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { dateTime } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import rowStyle from "~/kit/layout/Row.module.css";
import { FieldChanges } from "~/records/fields/FieldChanges.tsx";
import { RecordLink } from "~/records/pages.tsx";
import { emphasised } from "./emphasis.tsx";
import styles from "./History.module.css";
import { useChanges } from "./queries.ts";
import { canUndo, isErasure, isRedo, operationSentence } from "./sentence.ts";

type Props = {
  step: Id;
  /** Its row in the list; none where the filter hides it or it was not read yet. */
  row: OperationRow | undefined;
  onUndo: ((row: OperationRow) => void) | undefined;
  onOpen: (step: Id) => void;
  onClose: () => void;
};

/** One step: what it did to each record, and a way to take it back. */
export function StepPanel({ step, row, onUndo, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const changes = useChanges(step);
  const total = changes.data?.pages[0]?.total;
  const undoes = row?.undoes ?? null;
  return (
    <aside className={`${frame.side} ${styles.panel}`} aria-label={t("history.detail.label")}>
      <header className={frame.barTall}>
        <h2 className={styles.panelTitle}>{t("history.detail.label")}</h2>
        <IconButton label={t("common.close")} icon={X} size="small" hotkey="Escape" onPress={onClose} />
      </header>
      <Scrollable className={`${frame.sideBody} ${styles.panelBody}`} label={t("history.detail.label")}>
        {row && (
          <div className={styles.about}>
            <p className={styles.aboutSentence}>{emphasised(operationSentence(t, row))}</p>
            <p className={styles.meta}>{t("history.meta", { time: dateTime(row.at), device: row.device })}</p>
            {row.undone && (
              <p className={styles.note}>
                <Chip icon={RotateCcw} tone="faint">
                  {t("history.undone")}
                </Chip>
                <span>{t("history.detail.undoneNote")}</span>
              </p>
            )}
            {row.kind === "institution.setup" && <p className={styles.meta}>{t("history.detail.cannotUndo")}</p>}
            <div className={styles.acts}>
              {onUndo && canUndo(row) && (
                <Button icon={RotateCcw} hotkey="u" onPress={() => onUndo(row)}>
                  {t(row.kind === "undo" && !isRedo(row) ? "history.undo.redo" : "history.undo.undo")}
                </Button>
              )}
              {undoes !== null && (
                <Button variant="quiet" onPress={() => onOpen(undoes)}>
                  {t("history.detail.takesBack")}
                </Button>
              )}
            </div>
          </div>
        )}
        {total !== undefined && <h3 className={styles.count}>{t("history.detail.records", { count: total })}</h3>}
        <PagedList
          label={t("history.detail.label")}
          paged={changes}
          idOf={({ id }) => id}
          empty={<p className={styles.meta}>{t("history.detail.noFields")}</p>}
        >
          {({ change }) =>
            change === null ? (
              <p className={styles.meta}>{t("history.detail.newer")}</p>
            ) : (
              <Changed change={change} isErased={change.erased || (row !== undefined && isErasure(row.kind))} />
            )
          }
        </PagedList>
      </Scrollable>
    </aside>
  );
}

function Changed({ change, isErased }: { change: RecordChange; isErased: boolean }) {
  const { t } = useTranslation();
  const name = change.name || t("common.unnamed");
  return (
    <div className={styles.changed}>
      <p className={rowStyle.named}>
        {isErased && change.name === "" ? (
          <span>{t("history.detail.gone")}</span>
        ) : (
          <RecordLink kind={change.kind} id={change.record} name={name} />
        )}
        {change.created && <Chip>{t("history.detail.created")}</Chip>}
        <span className={styles.meta}>{t(`history.recordKind.${change.kind}`)}</span>
      </p>
      {isErased ? (
        <p className={styles.meta}>{t("history.detail.erased")}</p>
      ) : change.fields.length === 0 ? (
        <p className={styles.meta}>{t("history.detail.noFields")}</p>
      ) : (
        <FieldChanges kind={change.kind} changes={change.fields} created={change.created} />
      )}
    </div>
  );
}
