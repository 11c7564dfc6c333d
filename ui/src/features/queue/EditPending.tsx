import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id } from "~/ipc";
import { useContact } from "~/records/profiles.ts";

const EditRecord = lazy(() => import("~/records/forms/EditRecord.tsx"));

type Props = {
  id: Id;
  canReview: boolean;
  onClose: () => void;
  /** Puts the keyboard on a contact as soon as it is in the list again. */
  follow: (id: Id) => void;
};

/** Edits a pending contact, and approves it in the same step where somebody wants that (M4). */
export function EditPending({ id, canReview, onClose, follow }: Props) {
  const { t } = useTranslation();
  const contact = useContact(id);
  if (!contact.data) return null;
  const approve = {
    act: t("queue.saveAndApprove"),
    keys: "Ctrl+Shift+Enter",
    run: async (edits: Parameters<typeof commands.contactEditAndApprove>[1]) => {
      const { operation } = await call(commands.contactEditAndApprove(id, edits));
      // The name may be among what was edited.
      const { name } = await call(commands.contactGet(id));
      if (edits.length === 0)
        return {
          operation,
          words: t("review.done.one.approve", { name }),
          again: t("review.undone.one.pending", { name }),
        };
      return {
        operation,
        words: t("queue.savedAndApproved", { name }),
        again: t("queue.savedAndApprovedUndone", { name: contact.data.name }),
      };
    },
    onUndone: () => follow(id),
  };
  const isPending = contact.data.chips.approval === "pending";
  return (
    <Suspense>
      <EditRecord
        kind="contact"
        record={contact.data}
        also={canReview && isPending ? approve : undefined}
        onClose={onClose}
      />
    </Suspense>
  );
}
