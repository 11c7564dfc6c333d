import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, progressChannel } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import sections from "~/kit/layout/Sections.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";

/** What the audit file is to hold; then the system asks for the place. */
export function AuditFileDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const [withValues, setWithValues] = useState(false);
  const write = async () => {
    try {
      const file = await call(commands.auditChoose(t("security.auditFile.fileName")));
      if (file === null) return;
      onClose();
      const done = await runTask(
        t("security.auditFile.running"),
        (onProgress) =>
          call(commands.auditExport({ with_values: withValues }, file.token, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      toast(t("security.auditFile.done", { count: done.operations, path: done.path }));
    } catch (error) {
      if (commandError(error).code === "cancelled") toast(t("security.auditFile.cancelled"));
      else toastError(error);
    }
  };
  return (
    <ActDialog
      title={t("security.auditFile.title")}
      onClose={onClose}
      act={t("security.auditFile.act")}
      autoFocus
      onAct={() => void write()}
    >
      <div className={stack.by12}>
        <p>{t("security.auditFile.what")}</p>
        <p>{t("security.auditFile.check")}</p>
        {may("export_contacts") && (
          <Checkbox isSelected={withValues} onChange={setWithValues}>
            {t("security.auditFile.withValues")}
          </Checkbox>
        )}
        {withValues && <p className={sections.note}>{t("security.auditFile.withValuesNote")}</p>}
      </div>
    </ActDialog>
  );
}
