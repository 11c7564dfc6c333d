import { useTranslation } from "react-i18next";
import { call, commands, type Done, type LabelPreview, progressChannel } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { listed } from "~/kit/i18n/words.ts";

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

/** How many contacts and employers there are of something, without those there are none of. */
export function countedRecords({ contacts, employers }: { contacts: number; employers: number }): string[] {
  const { t } = i18next;
  return [
    ...(contacts > 0 ? [t("labels.contacts", { count: contacts })] : []),
    ...(employers > 0 ? [t("labels.employers", { count: employers })] : []),
  ];
}

/** What renaming or removing will do, a sentence each. */
export function usePreviewWords(): (preview: LabelPreview, to: string | null) => string[] {
  const { t } = useTranslation();
  return ({ contacts, employers, frozen, merges }, to) => [
    ...(merges && to !== null ? [t("labels.preview.merges", { name: to })] : []),
    ...(contacts + employers + frozen === 0 ? [t("labels.preview.none")] : []),
    ...(contacts + employers > 0
      ? [
          t(to === null ? "labels.preview.removed" : "labels.preview.renamed", {
            records: listed(countedRecords({ contacts, employers })),
          }),
        ]
      : []),
    ...(frozen > 0 ? [t("labels.preview.frozen", { count: frozen })] : []),
  ];
}
