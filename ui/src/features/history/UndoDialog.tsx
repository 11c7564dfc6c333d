import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import {
  call,
  commands,
  type Id,
  type OperationRow,
  progressChannel,
  type UndoConflict,
  type UndoMode,
  type UndoPreview,
} from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import { fieldLabel, valueText } from "~/kit/i18n/words.ts";
import text from "~/kit/layout/Text.module.css";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { emphasised } from "./emphasis.tsx";
import { isUndo, operationSentence } from "./sentence.ts";
import styles from "./UndoDialog.module.css";
import { modesOf, modeWords, namesOf, reasonOf, reasonSentence, undoneWords, willUndo } from "./undoWords.ts";

type Props = {
  operation: Id;
  /** Its row, where it is known already. */
  row?: OperationRow;
  onClose: () => void;
  onDone: () => void;
};

/** Says what can be undone and what stands in its way, before anything is. */
export function UndoDialog({ operation, row: known, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [mode, setMode] = useState<UndoMode>("keep_later_changes");
  const preview = useQuery({
    queryKey: ["history", "undo", operation],
    queryFn: () => call(commands.undoPreview(operation)),
    meta: { tags: ["contacts", "employers", "notes"] },
  });
  const row = known ?? preview.data?.operation;
  const redo = row !== undefined && isUndo(row);
  const isNothing = preview.data !== undefined && preview.data.can_undo === 0 && mode === "keep_later_changes";

  const run = async () => {
    onDone();
    try {
      const done = await runTask(
        t(redo ? "history.undo.runningRedo" : "history.undo.running"),
        (onProgress) => call(commands.undo(operation, mode, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      announce(done.operation, undoneWords(t, done, redo));
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <ActDialog
      title={t(redo ? "history.undo.titleRedo" : "history.undo.title")}
      onClose={onClose}
      role="alertdialog"
      size="medium"
      act={t(redo ? "history.undo.redo" : "history.undo.undo")}
      isDisabled={!preview.data || isNothing}
      autoFocus
      onAct={() => void run()}
    >
      {row && (
        <p className={styles.sentence}>
          {emphasised(operationSentence(t, row))}
          <span className={styles.when}>
            {" "}
            · <When at={row.at} />
          </span>
        </p>
      )}
      {preview.error ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.isPending && <Skeleton lines={3} />}
      {preview.data && <Consequences preview={preview.data} mode={mode} onMode={setMode} />}
    </ActDialog>
  );
}

function Consequences({
  preview,
  mode,
  onMode,
}: {
  preview: UndoPreview;
  mode: UndoMode;
  onMode: (mode: UndoMode) => void;
}) {
  const { t } = useTranslation();
  const modes = modesOf(preview);
  return (
    <>
      <p className={styles.will}>{willUndo(t, preview)}</p>
      {preview.conflicts.length > 0 && (
        <>
          <h3 className={styles.heading}>
            <TriangleAlert size={16} strokeWidth={1.75} aria-hidden /> {t("history.undo.conflicts")}
          </h3>
          {preview.conflicts_total > LISTED ? <Reasons preview={preview} /> : <Conflicts preview={preview} />}
        </>
      )}
      {modes.length > 1 && (
        <RadioGroup
          className={styles.modes ?? ""}
          aria-label={t("history.undo.mode")}
          value={mode}
          onChange={(value) => onMode(value as UndoMode)}
        >
          {modes.map((value) => {
            const { label, note } = modeWords(t, value, preview);
            return (
              <Radio key={value} value={value} className={styles.mode ?? ""}>
                <span className={styles.dot} />
                <span>
                  {label}
                  <span className={`${text.quiet} ${styles.quiet}`}>{note}</span>
                </span>
              </Radio>
            );
          })}
        </RadioGroup>
      )}
      <p className={`${text.quiet} ${styles.quiet}`}>{t("history.undo.journal")}</p>
    </>
  );
}

/** So many values that are in the way are listed one by one at once; more of them in groups first. */
const LISTED = 5;

/** What is in the way, in groups: "13 users: case assigned since", with the first names. */
function Reasons({ preview }: { preview: UndoPreview }) {
  const { t } = useTranslation();
  const [each, setEach] = useState(false);
  return (
    <>
      <ul className={styles.reasons}>
        {preview.reasons.map((reason) => (
          <li key={`${reason.kind} ${reason.reason} ${reason.later}`}>
            {reasonSentence(t, reason)}
            {reason.names.length > 0 && <span className={`${text.quiet} ${styles.quiet}`}>{namesOf(t, reason)}</span>}
          </li>
        ))}
      </ul>
      {each ? (
        <Conflicts preview={preview} />
      ) : (
        <Button variant="quiet" size="small" onPress={() => setEach(true)}>
          {t("history.undo.each")}
        </Button>
      )}
    </>
  );
}

function Conflicts({ preview }: { preview: UndoPreview }) {
  const { t } = useTranslation();
  const hidden = preview.conflicts_total - preview.conflicts.length;
  return (
    <>
      <Scrollable className={styles.conflicts} label={t("history.undo.conflicts")}>
        <ul>
          {preview.conflicts.map((conflict) => (
            <Conflict key={`${conflict.record} ${conflict.field} ${conflict.reason}`} conflict={conflict} />
          ))}
        </ul>
      </Scrollable>
      {hidden > 0 && (
        <p className={`${text.quiet} ${styles.quiet}`}>{t("history.undo.conflictsMore", { count: hidden })}</p>
      )}
    </>
  );
}

function Conflict({ conflict }: { conflict: UndoConflict }) {
  const { t } = useTranslation();
  const fields = useFields(conflict.kind);
  const field = fields.find((each) => each.key === conflict.field);
  const words = (cell: UndoConflict["was"]) => valueText(field, cell.value, cell.text) ?? t("common.empty");
  const isChange = conflict.field !== null && conflict.reason === "changed_since";
  return (
    <li className={styles.conflict}>
      <p className={styles.name}>
        {conflict.name || t("common.unnamed")}
        {conflict.field !== null && (
          <span className={styles.field}> · {fieldLabel(conflict.kind, conflict.field, fields)}</span>
        )}
      </p>
      {isChange && (
        <dl className={styles.values}>
          <dt>{t("history.undo.was")}</dt>
          <dd>{words(conflict.was)}</dd>
          <dt>{t("history.undo.now")}</dt>
          <dd>{words(conflict.now)}</dd>
        </dl>
      )}
      <p className={`${text.quiet} ${styles.quiet}`}>
        {reasonOf(t, conflict)}
        {conflict.at !== null && (
          <>
            {" "}
            · <When at={conflict.at} />
          </>
        )}
      </p>
    </li>
  );
}
