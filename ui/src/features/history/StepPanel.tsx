import { CircleAlert, RotateCcw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Id, OperationRow } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { PagedList } from "~/kit/components/PagedList.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { dateTime } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import { Changed } from "./Changed.tsx";
import { emphasised } from "./emphasis.tsx";
import styles from "./History.module.css";
import { useChanges, useStep } from "./queries.ts";
import { ShowInList } from "./ShowInList.tsx";
import { canUndo, isErasure, isUndo, operationSentence, whenAndWhere } from "./sentence.ts";

type Props = {
  step: Id;
  /** Its row in the list; none where the filter hides it or it was not read yet. */
  row: OperationRow | undefined;
  onUndo: ((row: OperationRow) => void) | undefined;
  onOpen: (step: Id) => void;
  onClose: () => void;
};

/** One step: what it did to each record, and a way to undo it. */
export function StepPanel({ step, row: known, onUndo, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const changes = useChanges(step);
  const asked = useStep(step, known === undefined);
  const row = known ?? asked.data;
  const total = changes.data?.pages[0]?.rows[0]?.changes;
  // What an undo counts: the records the step is about. Others came along, as new employers do with an import.
  const records = total === undefined ? undefined : (row?.count ?? total);
  const along = (total ?? 0) - (records ?? 0);
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
            <p className={styles.meta}>{whenAndWhere(t, dateTime(row.at), row.device)}</p>
            {row.undone && (
              <p className={styles.note}>
                <Chip icon={RotateCcw} tone="faint">
                  {t("history.undone")}
                </Chip>
                <span>{t("history.detail.undoneNote")}</span>
              </p>
            )}
            {row.refused && (
              <p className={styles.note}>
                <Chip icon={CircleAlert} tone="bad">
                  {t("sync.refused.mark")}
                </Chip>
                <span>{t("sync.refused.markNote")}</span>
              </p>
            )}
            {row.kind === "institution.setup" && <p className={styles.meta}>{t("history.detail.cannotUndo")}</p>}
            <div className={styles.acts}>
              {onUndo && canUndo(row) && (
                <Button icon={RotateCcw} hotkey="u" onPress={() => onUndo(row)}>
                  {t(isUndo(row) ? "history.undo.redo" : "history.undo.undo")}
                </Button>
              )}
              {row.record_kind && row.count > 1 && !row.undone && <ShowInList kind={row.record_kind} step={step} />}
              {undoes !== null && (
                <Button variant="quiet" onPress={() => onOpen(undoes)}>
                  {t("history.detail.undoes")}
                </Button>
              )}
            </div>
          </div>
        )}
        {records !== undefined && <h3 className={styles.count}>{t("history.detail.records", { count: records })}</h3>}
        {along > 0 && <p className={styles.meta}>{t("history.detail.along", { count: along })}</p>}
        <PagedList
          label={t("history.detail.label")}
          paged={changes}
          idOf={({ id }) => id}
          empty={<p className={styles.meta}>{t("history.detail.noFields")}</p>}
        >
          {({ group }) =>
            group === null ? (
              <p className={styles.meta}>{t("history.detail.newer")}</p>
            ) : (
              <Changed group={group} isErased={group.erased || (row !== undefined && isErasure(row.kind))} />
            )
          }
        </PagedList>
      </Scrollable>
    </aside>
  );
}
