import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commands, type LabelInfo } from "~/ipc";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";
import { usePreviewWords, useRenameLabel } from "./useRenameLabel.ts";

/** Says from how many records a label is taken, and does it. */
export default function RemoveLabel({ label, onClose }: { label: LabelInfo; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const rename = useRenameLabel();
  const words = usePreviewWords();
  const preview = useQuery({
    queryKey: ["labels", "preview", label.name, null],
    queryFn: () => call(commands.labelRenamePreview(label.name, null)),
    gcTime: 0,
  });
  const act = async () => {
    onClose();
    try {
      const done = await rename(label.name, null);
      announce(done.operation, t("labels.removed", { name: label.name, count: done.changed }));
    } catch (thrown) {
      toastError(thrown);
    }
  };
  return (
    <ConfirmDialog
      title={t("labels.removeTitle", { name: label.name })}
      sentences={preview.data ? words(preview.data, null) : []}
      act={t("labels.remove")}
      destructive
      isPending={!preview.data}
      onClose={onClose}
      onConfirm={() => void act()}
      error={preview.error}
    />
  );
}
