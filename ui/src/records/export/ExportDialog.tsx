import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  call,
  commandError,
  commands,
  type ExportFormat,
  progressChannel,
  type RecordKind,
  type Selection,
} from "~/ipc";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import stack from "~/kit/layout/Stack.module.css";
import styles from "../views/Views.module.css";

type Props = {
  kind: RecordKind;
  selection: Selection;
  count: number;
  /** The columns in sight; without them all fields are offered only. */
  columns?: string[];
  onClose: () => void;
  /** Once the file is written. */
  onDone?: () => void;
};

const FORMATS: ExportFormat[] = ["csv", "xlsx", "vcard"];

/** Which format, which columns; then the system asks for the place. */
export default function ExportDialog({ kind, selection, count, columns, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [which, setWhich] = useState(columns ? "shown" : "everything");
  const formats = kind === "contact" ? FORMATS : FORMATS.filter((each) => each !== "vcard");

  const write = async () => {
    try {
      const name = t(`export.fileName.${kind === "contact" || kind === "employer" ? kind : "other"}`);
      const file = await call(commands.exportChoose(format, name));
      if (file === null) return;
      onClose();
      // A card has places of its own for what it can hold.
      const chosen = which === "shown" && format !== "vcard" ? (columns ?? []) : [];
      const done = await runTask(
        t("export.running"),
        (onProgress) =>
          call(
            commands.exportWrite({ kind, selection, format, columns: chosen }, file.token, progressChannel(onProgress)),
          ),
        () => void commands.operationCancel(),
      );
      toast(t("export.done", { count: done.records, path: done.path }));
      onDone?.();
    } catch (error) {
      if (commandError(error).code === "cancelled") toast(t("export.cancelled"));
      else toastError(error);
    }
  };

  return (
    <ActDialog title={t("export.title")} onClose={onClose} act={t("export.act")} autoFocus onAct={() => void write()}>
      <div className={stack.by16}>
        <p>{t("export.what", { count })}</p>
        <Select
          label={t("export.format")}
          hint={t(`export.notes.${format}`)}
          choices={formats.map((each) => ({ id: each, label: t(`export.formats.${each}`) }))}
          value={format}
          onChange={(chosen) => setFormat(chosen as ExportFormat)}
        />
        {columns && format !== "vcard" && (
          <Select
            label={t("export.columns")}
            choices={[
              { id: "shown", label: t("export.shown") },
              { id: "everything", label: t("export.everything") },
            ]}
            value={which}
            onChange={setWhich}
          />
        )}
        {kind === "contact" && <p className={styles.hint}>{t("export.doNotEmail")}</p>}
      </div>
    </ActDialog>
  );
}
