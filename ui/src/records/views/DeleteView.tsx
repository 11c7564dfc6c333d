import { useTranslation } from "react-i18next";
import { call, commands, type SavedView } from "~/ipc";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";

/** Says what goes with a view, and what doesn't. */
export default function DeleteView({
  view,
  onClose,
  onDeleted,
}: {
  view: SavedView;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { id, name, shared } = view;
  const remove = async () => {
    try {
      const done = await call(commands.viewDelete(id));
      onDeleted();
      announce(done.operation, t("views.done.deleted", { name }));
    } catch (error) {
      toastError(error);
    }
    onClose();
  };
  return (
    <ConfirmDialog
      title={t("views.remove.title", { name })}
      sentences={[t("views.remove.what"), ...(shared ? [t("views.remove.shared")] : [])]}
      act={t("views.remove.act")}
      destructive
      isOpen
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}
