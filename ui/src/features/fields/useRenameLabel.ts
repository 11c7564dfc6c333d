import { useTranslation } from "react-i18next";
import { call, commands, type Done, type LabelPreview, progressChannel } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";

/** Gives a label another name on every record that has it, or takes it away. */
export function useRenameLabel(): (from: string, to: string | null) => Promise<Done> {
  const { t } = useTranslation();
  return (from, to) =>
    runTask(
      t("labels.running"),
      (onProgress) => call(commands.labelRename(from, to, progressChannel(onProgress))),
      () => void commands.operationCancel(),
    );
}

/** What renaming or removing will do, a sentence each. */
export function usePreviewWords(): (preview: LabelPreview, to: string | null) => string[] {
  const { t } = useTranslation();
  return ({ contacts, employers, frozen, merges }, to) => [
    ...(merges && to !== null ? [t("labels.preview.merges", { name: to })] : []),
    t(to === null ? "labels.preview.removed" : "labels.preview.renamed", {
      contacts: t("labels.contacts", { count: contacts }),
      employers: t("labels.employers", { count: employers }),
    }),
    ...(frozen > 0 ? [t("labels.preview.frozen", { count: frozen })] : []),
  ];
}
