import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useStudentActs } from "./useStudentActs.ts";

/** Says what deactivating does before it does (M37). */
export default function DeactivateDialog({ target, onClose }: { target: BulkTarget; onClose: () => void }) {
  const { t } = useTranslation();
  const { deactivate } = useStudentActs();
  const { name, count } = target;
  return (
    <ConfirmDialog
      title={
        name === null ? t("students.deactivate.titleMany", { count }) : t("students.deactivate.titleOne", { name })
      }
      sentences={[
        name === null ? t("students.deactivate.many", { count }) : t("students.deactivate.one", { name }),
        t("students.deactivate.keeps"),
      ]}
      act={t("students.deactivate.act")}
      isOpen
      onClose={onClose}
      onConfirm={() => {
        onClose();
        void deactivate(target);
      }}
    />
  );
}
