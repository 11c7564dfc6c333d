import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/components/Dialog.tsx";

/** Asks before a form with something typed in it is left. `close` goes to the dialog, `question` beside it. */
export function useUnsaved(isDirty: boolean, onClose: () => void): { close: () => void; question: ReactNode } {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return {
    close: () => (isDirty ? setAsking(true) : onClose()),
    question: (
      <ConfirmDialog
        title={t("record.form.discardTitle")}
        sentences={[t("record.form.discard")]}
        act={t("record.form.discardAct")}
        cancel={t("record.form.keep")}
        destructive
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={onClose}
      />
    ),
  };
}
