import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commands, type Selection } from "~/ipc";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { useArchive } from "./useArchive.ts";

export type AutoSyncRequest = {
  selection: Selection;
  on: boolean;
  count: number;
  name: string | null;
  onDone?: () => void;
};

/** Says whom turning AutoSync on or off concerns, and who stays as they are (M19). */
export default function AutoSyncDialog({ request, onClose }: { request: AutoSyncRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const { autoSync } = useArchive();
  const { selection, on, count, name, onDone } = request;
  const preview = useQuery({
    queryKey: ["contacts", "auto_sync", selection, on],
    queryFn: () => call(commands.contactsAutoSyncPreview(selection, on)),
    gcTime: 0,
  });
  const said = preview.data;
  const sentences: string[] = [];
  if (said) {
    if (name !== null && said.contacts === 1)
      sentences.push(t(on ? "archive.sync.willOnOne" : "archive.sync.willOffOne", { name }));
    else sentences.push(t(on ? "archive.sync.willOn" : "archive.sync.willOff", { count: said.contacts }));
    if (said.already > 0)
      sentences.push(t(on ? "archive.sync.alreadyOn" : "archive.sync.alreadyOff", { count: said.already }));
    if (said.frozen > 0) sentences.push(t("archive.skipped.frozen", { count: said.frozen }));
  }
  return (
    <ConfirmDialog
      title={
        name === null
          ? t(on ? "archive.sync.title.on" : "archive.sync.title.off", { count })
          : t(on ? "archive.sync.title.onOne" : "archive.sync.title.offOne", { name })
      }
      sentences={sentences}
      act={t(on ? "archive.sync.enable" : "archive.sync.disable")}
      isPending={!said}
      isDisabled={said?.contacts === 0}
      onClose={onClose}
      onConfirm={() => {
        onClose();
        void autoSync(selection, on, name, onDone);
      }}
      error={preview.error}
    />
  );
}
