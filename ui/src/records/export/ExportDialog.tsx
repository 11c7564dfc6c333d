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
import { countOf, fieldLabel, listed } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import styles from "../views/Views.module.css";
import { fieldsIncluded, isTable, TABLES } from "./formats.ts";

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

/** All of them, those that people know by name before the cards. */
const FORMATS: ExportFormat[] = [
  ...TABLES,
  "google",
  "outlook_web",
  "outlook",
  "thunderbird",
  "handshake",
  "vcard",
  "vcard4",
];

/** What for, which columns; then the system asks for the place. */
export default function ExportDialog({ kind, selection, count, columns, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [which, setWhich] = useState(columns ? "shown" : "everything");
  const formats = kind === "contact" ? FORMATS : TABLES;
  const isShown = columns !== undefined && which === "shown" && isTable(format);

  const write = async () => {
    try {
      const name = t(`export.fileName.${kind === "contact" || kind === "employer" ? kind : "other"}`);
      const file = await call(commands.exportChoose(format, name));
      if (file === null) return;
      onClose();
      // What is for a program has places of its own for what it can hold.
      const chosen = isShown ? columns : [];
      const done = await runTask(
        t("export.running"),
        (onProgress) =>
          call(
            commands.exportWrite({ kind, selection, format, columns: chosen }, file.token, progressChannel(onProgress)),
          ),
        () => void commands.operationCancel(),
      );
      const words = [t("export.done", { what: countOf(kind, done.records), path: done.path })];
      if (done.refused > 0) words.push(t("export.refused", { count: done.refused }));
      if (done.replaced > 0) words.push(t("export.replaced", { count: done.replaced }));
      toast(words.join(" "));
      onDone?.();
    } catch (error) {
      if (commandError(error).code === "cancelled") toast(t("export.cancelled"));
      else toastError(error);
    }
  };

  const inTable = isShown ? "export.doNotEmailShown" : "export.doNotEmail";
  const doNotEmail = isTable(format) ? inTable : "export.doNotEmailLeftOut";
  return (
    <ActDialog title={t("export.title")} onClose={onClose} act={t("export.act")} autoFocus onAct={() => void write()}>
      <div className={stack.by16}>
        <p>{t(count === 1 ? "export.what" : "export.whatOrdered", { what: countOf(kind, count) })}</p>
        <Select
          label={t("export.format")}
          hint={t(`export.notes.${format}`)}
          choices={formats.map((each) => ({ id: each, label: t(`export.formats.${each}`) }))}
          value={format}
          onChange={(chosen) => setFormat(chosen as ExportFormat)}
        />
        <Included kind={kind} format={format} />
        {columns && isTable(format) && (
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
        {kind === "contact" && <p className={styles.hint}>{t(doNotEmail)}</p>}
      </div>
    </ActDialog>
  );
}

/** Which fields of a contact the file has a place for, whichever way is shorter to say. */
function Included({ kind, format }: { kind: RecordKind; format: ExportFormat }) {
  const { t } = useTranslation();
  const included = fieldsIncluded(format);
  if (included === null) return null;
  const { held, leftOut } = included;
  const names = (keys: string[]) => listed(keys.map((key) => fieldLabel(kind, key)));
  const words = () => {
    if (leftOut.length === 0) return t("export.notIncludedRecord");
    if (leftOut.length > held.length) return t("export.onlyIncluded", { fields: names(held) });
    return t("export.notIncluded", { fields: leftOut.map((key) => fieldLabel(kind, key)).join(", ") });
  };
  return <p className={styles.hint}>{words()}</p>;
}
